import { Failure } from '../../domain/failure.ts';
import { type BotApi, TelegramError } from './bot-api.ts';
import type { TelegramSettings } from './settings.ts';

/** Bots may download 20 MB (https://core.telegram.org/bots/api#getfile, 2026); a server of one's own gives more. */
export const telegramMaxBytes = 20_000_000;
const timeLimitMs = 60_000;

export interface DownloadDeps {
  api: Pick<BotApi, 'getFile'>;
  settings: Pick<TelegramSettings, 'token' | 'apiRoot'>;
  maxBytes: number;
}

/**
 * Fetches a file, bounded in bytes and time, from the API's own address and nowhere else.
 * @throws {Failure} `too-large` or `not-found` (the file is gone), both for the sender to mend, or `channel-unavailable` (retry).
 */
export function createDownload({ api, settings, maxBytes }: DownloadDeps) {
  return async function download(fileId: string): Promise<Uint8Array> {
    const path = await pathOf(fileId);
    const response = await get(fileAddress(settings, path));
    if (response.status === 404 || response.status === 410) throw gone(`file answer ${response.status}`);
    if (!response.ok || !response.body) throw unavailable(`file answer ${response.status}`);
    if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
      await response.body.cancel();
      throw tooLarge();
    }
    return collect(response.body);
  };

  async function pathOf(fileId: string): Promise<string> {
    try {
      const { file_path: path, file_size: sizeBytes = 0 } = await api.getFile(fileId);
      if (sizeBytes > maxBytes) throw tooLarge();
      if (path === undefined) throw gone('Telegram told no path');
      return path;
    } catch (error) {
      throw fromGetFile(error);
    }
  }

  async function collect(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    try {
      // Leaving the loop early cancels the stream, so that a file without end is not read on.
      for await (const chunk of body) {
        sizeBytes += chunk.byteLength;
        if (sizeBytes > maxBytes) throw tooLarge();
        chunks.push(chunk);
      }
    } catch (error) {
      throw error instanceof Failure ? error : unavailable('the download broke off', error);
    }
    return Buffer.concat(chunks, sizeBytes);
  }
}

/** A path that leads anywhere else than below the bot's files is refused. */
function fileAddress({ token, apiRoot }: Pick<TelegramSettings, 'token' | 'apiRoot'>, path: string): URL {
  const isPlain = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isPlain || /[\\\p{C}]/u.test(path)) throw gone('Telegram told an odd path');
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  return new URL(`./file/bot${token}/${escaped}`, apiRoot);
}

async function get(address: URL): Promise<Response> {
  try {
    return await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(timeLimitMs) });
  } catch (cause) {
    throw unavailable('the file cannot be fetched', cause);
  }
}

/** Telegram says 400 for a file above its limit and for one that it no longer has. */
function fromGetFile(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (!(error instanceof TelegramError) || error.code >= 500 || error.code === 429 || error.code === 401) {
    return unavailable('getFile failed', error);
  }
  return error.description.includes('too big') ? tooLarge() : gone(error.description);
}

function tooLarge(): Failure {
  return new Failure('too-large', 'ask', 'the file is larger than may be fetched');
}

function gone(why: string): Failure {
  return new Failure('not-found', 'ask', `the file is gone: ${why}`);
}

function unavailable(why: string, cause?: unknown): Failure {
  const reason = cause instanceof Error ? `${why}: ${cause.message}` : why;
  return new Failure('channel-unavailable', 'retry', reason, { cause });
}
