import type { ChatEntry, ChatHistory, DocumentsReceipt } from '../../../src/channels/webchat/chat-entry.ts';
import type { Language } from '../../../src/domain/language.ts';

const base = '/api/webchat';
const requestTimeoutMs = 15_000;

export async function loadHistory(language: Language, signal: AbortSignal): Promise<ChatHistory> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]);
  const response = await fetch(`${base}/messages?lang=${language}`, { signal: limited });
  if (!response.ok) throw new Error(`history: ${response.status}`);
  return response.json();
}

/** Opens the event stream; the browser resumes it by itself after the last event it heard. */
export function openEvents(language: Language, cursor: string): EventSource {
  return new EventSource(`${base}/events?lang=${language}&after=${encodeURIComponent(cursor)}`);
}

/** Our own server's words, parsed by its schema before they were sent. */
export function parseEvent(data: string): ChatEntry {
  return JSON.parse(data);
}

export async function retryTicket(id: string, language: Language): Promise<void> {
  const signal = AbortSignal.timeout(requestTimeoutMs);
  const response = await fetch(`${base}/tickets/${id}/retry?lang=${language}`, { method: 'POST', signal });
  if (!response.ok) throw new Error(`retry: ${response.status}`);
}

export function fileUrl(ticketId: string): string {
  return `${base}/tickets/${ticketId}/file`;
}

/** How a post ended: kept by the server, refused for good (with its words), or to be tried again. */
export type PostOutcome =
  | { kind: 'kept'; receipt: DocumentsReceipt }
  | { kind: 'refused'; message: string }
  | { kind: 'again' };

export interface Post {
  message: string;
  file: File;
  language: Language;
  onProgress(percent: number): void;
  signal: AbortSignal;
}

/** Posts one file as one message. XMLHttpRequest, as fetch tells no upload progress. */
export function postDocument({ message, file, language, onProgress, signal }: Post): Promise<PostOutcome> {
  const form = new FormData();
  form.append('message', message);
  form.append('files', file, file.name);
  const request = new XMLHttpRequest();
  return new Promise((resolve) => {
    request.open('POST', `${base}/documents?lang=${language}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.min(99, Math.round((loaded / total) * 100)));
    request.onload = () => resolve(outcomeOf(request));
    request.onerror = () => resolve({ kind: 'again' });
    request.onabort = () => resolve({ kind: 'again' });
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

function outcomeOf(request: XMLHttpRequest): PostOutcome {
  const { status, response } = request;
  if (status === 202 && response) return { kind: 'kept', receipt: response };
  if (status === 429 || status >= 500 || status < 400) return { kind: 'again' };
  return { kind: 'refused', message: response?.error?.message ?? '' };
}
export function invoiceFileUrl(ticketId: string, sha256: string): string {
  return `${base}/tickets/${ticketId}/invoice/${sha256}`;
}

