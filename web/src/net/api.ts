import type {
  ChatEntry,
  ChatHistory,
  DocumentsReceipt,
  SaidReceipt,
} from '../../../src/channels/webchat/chat-entry.ts';
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

/** What is said: words, a button, or the page's own switch of the language. */
export type SaidBody = { text: string } | { button: { label: string; data: string } } | { language: Language };

export type SaidOutcome =
  | { kind: 'kept'; language: Language }
  | { kind: 'refused'; message: string }
  | { kind: 'again' };

/** A reply may take a while: a month's sheet has to be made. */
const replyTimeoutMs = 60_000;

export async function postSaid(
  message: string,
  body: SaidBody,
  language: Language,
  signal: AbortSignal,
): Promise<SaidOutcome> {
  try {
    const response = await fetch(`${base}/said?lang=${language}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message, ...body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(replyTimeoutMs)]),
    });
    const { status } = response;
    if (status === 429 || status >= 500) return { kind: 'again' };
    const answer = await response.json();
    if (!response.ok) return { kind: 'refused', message: answer?.error?.message ?? '' };
    const receipt: SaidReceipt = answer;
    return { kind: 'kept', language: receipt.language };
  } catch {
    return { kind: 'again' };
  }
}

export function replyFileUrl(replyId: string): string {
  return `${base}/replies/${encodeURIComponent(replyId)}/file`;
}

export function fileUrl(ticketId: string): string {
  return `${base}/tickets/${ticketId}/file`;
}

export function documentPreviewUrl(ticketId: string): string {
  return `${base}/tickets/${ticketId}/preview`;
}

export function invoiceFileUrl(ticketId: string, sha256: string): string {
  return `${base}/tickets/${ticketId}/invoice/${sha256}`;
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
