import type { ChannelView } from '../../../src/api/routes/channels.ts';

const base = '/api/channels';
const timeLimitMs = 10_000;
const storageKey = 'recibot-admin-key';

export class WrongKey extends Error {}

async function call(key: string, path: string, method: 'GET' | 'POST' = 'GET'): Promise<Response> {
  const signal = AbortSignal.timeout(timeLimitMs);
  const response = await fetch(`${base}${path}`, { method, headers: { 'x-api-key': key }, signal });
  if (response.status === 403) throw new WrongKey();
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

export async function loadChannels(key: string): Promise<ChannelView[]> {
  return (await (await call(key, '')).json()).channels;
}

export async function orderChannel(key: string, name: string, order: 'stop' | 'start' | 'unlink'): Promise<void> {
  await call(key, `/${name}/${order}`, 'POST');
}

/** The QR code as a picture in memory; the caller revokes the address. */
export async function loadQr(key: string, name: string): Promise<string> {
  return URL.createObjectURL(await (await call(key, `/${name}/qr.svg`)).blob());
}

/** Kept until the tab is closed, no longer. */
export function recallKey(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null; // storage is forbidden
  }
}

export function rememberKey(key: string | null): void {
  try {
    if (key === null) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, key);
  } catch {
    // Storage is forbidden: the key lasts until the page is left.
  }
}
