import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';

const noncePlaceholder = /__NONCE__/g;
/** What the page tells apart by itself: the chat, and the channels for operators. */
const pages = ['/', '/index.html', '/canales'] as const;

/** Serves the built page. Its style tags carry a nonce of their own each time, so that the content policy needs no `unsafe-inline`. */
export function createPage(pageDir: string): FastifyPluginAsync {
  return async function page(app) {
    const indexPath = join(pageDir, 'index.html');
    if (!existsSync(indexPath)) {
      app.log.warn({ pageDir }, 'the page is not built: npm run build');
      return;
    }
    await app.register(fastifyStatic, {
      root: pageDir,
      index: false,
      maxAge: '1y',
      immutable: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', cachePolicy(path));
      },
    });
    // Read each time: an upgrade builds a new page under a running service, and its old assets are gone then.
    const send = async (_request: FastifyRequest, reply: FastifyReply) =>
      sendPage(reply, await readFile(indexPath, 'utf8'));
    for (const path of pages) app.get(path, send);
  };
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy(nonce))
    .send(html.replace(noncePlaceholder, nonce));
}

/** Everything from here and nothing from elsewhere; pictures also from memory, for previews before the upload. */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Vite names assets by their content; the others may change. */
function cachePolicy(path: string): string {
  return path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}
