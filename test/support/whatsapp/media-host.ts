import { createCipheriv, createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getMediaKeys } from '@whiskeysockets/baileys';
import type { Ends } from '../store.ts';
import { aCertificate } from './certificate.ts';

/** WhatsApp's media host on loopback: GET gives ciphertext, POST keeps it. */
export async function aMediaHost(t: Ends) {
  const { key, cert } = aCertificate();
  const blobs = new Map<string, Buffer>();
  const asked: string[] = [];
  /** Told of each request before it is answered. */
  const listeners = new Set<(path: string) => void>();
  /** What a path is answered with in place of its bytes. */
  const faults = new Map<string, { status: number; headers?: Record<string, string> }>();
  const server = createServer({ key, cert }, (request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.method} ${path}`);
    for (const listener of listeners) listener(path);
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const directPath = `/v/t62/${randomUUID()}`;
        blobs.set(directPath, Buffer.concat(chunks));
        response.end(JSON.stringify({ url: `https://${host}${directPath}`, direct_path: directPath }));
      });
      return;
    }
    const fault = faults.get(path);
    const blob = blobs.get(path);
    if (fault) return void response.writeHead(fault.status, fault.headers).end();
    response.writeHead(blob ? 200 : 404).end(blob);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`; // of a TCP server

  return {
    host,
    ca: cert,
    blobs,
    faults,
    asked,
    listeners,
    put: (plain: Uint8Array, kind: 'image' | 'document') => put(blobs, host, plain, kind),
  };
}

export type MediaHost = Awaited<ReturnType<typeof aMediaHost>>;

/** Encrypts a file as a phone does, puts it on the host, and gives what the message says of it. */
async function put(blobs: Map<string, Buffer>, host: string, plain: Uint8Array, kind: 'image' | 'document') {
  const mediaKey = randomBytes(32);
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, kind);
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  const mac = createHmac('sha256', macKey ?? Buffer.alloc(0))
    .update(iv)
    .update(ciphertext)
    .digest()
    .subarray(0, 10);
  const stored = Buffer.concat([ciphertext, mac]);
  const directPath = `/v/t62/${randomUUID()}`;
  blobs.set(directPath, stored);
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  return {
    ...{ url: `https://${host}${directPath}`, directPath, mediaKey, fileLength: plain.byteLength },
    ...{ fileSha256: sha256(plain), fileEncSha256: sha256(stored), mediaKeyTimestamp: Math.floor(Date.now() / 1000) },
  };
}
