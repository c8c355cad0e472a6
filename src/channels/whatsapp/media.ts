import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { getMediaKeys } from '@whiskeysockets/baileys';
import { Failure } from '../../domain/failure.ts';
import type { Media } from './content.ts';
import type { WhatsAppSettings } from './settings.ts';

/** In all, from the request to the last byte. */
const timeLimitMs = 60_000;
/** A MAC of ten bytes follows the ciphertext, which is padded to sixteen (WhatsApp's security white paper, 2024, "Transmitting media"). */
const macBytes = 10;
const overheadBytes = macBytes + 16;
/** A byte that was flipped on the way is not flipped twice. */
const attemptsWhenDamaged = 3;

/** The host no longer has it (404, 410): the sender's phone can put it there again. */
export class MediaGone extends Error {}

export interface MediaDeps {
  settings: Pick<WhatsAppSettings, 'mediaHost' | 'ca'>;
  maxBytes: number;
}

/**
 * Fetches and opens a file, from the pinned host and nowhere else, bounded in bytes and time, and proves that it is the file that was
 * sent: ciphertext, MAC and content.
 * @throws {MediaGone} and {Failure} `too-large`, `damaged-file` (both for the sender to mend) or `channel-unavailable` (retry).
 */
export function createMediaDownload({ settings, maxBytes }: MediaDeps) {
  const { mediaHost, ca } = settings;
  const { hostname: host, port } = new URL(`https://${mediaHost}`);
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 4, ...(ca ? { ca } : {}) });

  return async function download(media: Media): Promise<Uint8Array> {
    if (media.sizeBytes > maxBytes) throw tooLarge();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await opened(media, await fetchBytes(media.directPath));
      } catch (error) {
        const isDamaged = error instanceof Failure && error.code === 'damaged-file';
        if (!isDamaged || attempt === attemptsWhenDamaged) throw error;
      }
    }
  };

  function fetchBytes(path: string): Promise<Buffer> {
    // A path and nothing but a path: it cannot name another host.
    if (!/^\/(?!\/)[\x21-\x7e]{1,4000}$/.test(path)) throw new MediaGone('an odd path');
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    const signal = AbortSignal.timeout(timeLimitMs);
    const request = get({ host: host.replace(/^\[|\]$/g, ''), port: port || 443, path, agent, signal }, (response) => {
      collect(response).then(resolve, (error: unknown) => {
        response.destroy();
        reject(error);
      });
    });
    request.on('error', (cause) => reject(unavailable('the media host cannot be reached', cause)));
    return promise;
  }

  async function collect(response: IncomingMessage): Promise<Buffer> {
    const { statusCode = 0 } = response;
    if (statusCode === 404 || statusCode === 410) throw new MediaGone(`media answer ${statusCode}`);
    // A redirection too: media come from the pinned host.
    if (statusCode !== 200) throw unavailable(`media answer ${statusCode}`);
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      // without an encoding a response gives bytes
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes + overheadBytes) throw tooLarge();
      chunks.push(chunk);
    }
    if (!response.complete) throw unavailable('the download broke off');
    return Buffer.concat(chunks, sizeBytes);
  }
}

async function opened({ kind, mediaKey, sha256, encryptedSha256 }: Media, stored: Buffer): Promise<Uint8Array> {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, kind);
  const ciphertext = stored.subarray(0, -macBytes);
  const mac = createHmac('sha256', macKey ?? Buffer.alloc(0))
    .update(iv)
    .update(ciphertext)
    .digest()
    .subarray(0, macBytes);
  const isStored = isEqual(hash(stored), encryptedSha256) && isEqual(mac, stored.subarray(-macBytes));
  if (!isStored) throw damaged('the stored file is another one');
  try {
    const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
    const plain = Buffer.concat([decipher.update(ciphertext), decipher.final()]);
    if (!isEqual(hash(plain), sha256)) throw damaged('the opened file is another one');
    return plain;
  } catch (error) {
    throw error instanceof Failure ? error : damaged('the file cannot be opened');
  }
}

function hash(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}

function tooLarge(): Failure {
  return new Failure('too-large', 'ask', 'the file is larger than may be fetched');
}

function damaged(why: string): Failure {
  return new Failure('damaged-file', 'ask', why);
}

function unavailable(why: string, cause?: unknown): Failure {
  const reason = cause instanceof Error ? `${why}: ${cause.message}` : why;
  return new Failure('channel-unavailable', 'retry', reason, { cause });
}
