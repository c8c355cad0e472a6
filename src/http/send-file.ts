import type { FastifyReply } from 'fastify';
import type { TicketFile } from '../domain/ticket.ts';

/** Types that a browser shows without running anything in them; everything else is downloaded. */
const shownInline: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/avif',
  'application/pdf',
]);

/** Sends a stranger's file so that it can do nothing in the page's origin: no sniffing, no scripts, no frames. */
export function sendFile(reply: FastifyReply, file: TicketFile, bytes: Buffer): FastifyReply {
  const isShown = shownInline.has(file.mime);
  return reply
    .header('content-type', isShown ? file.mime : 'application/octet-stream')
    .header('content-disposition', contentDisposition(isShown ? 'inline' : 'attachment', file.name))
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    .header('cache-control', 'private, max-age=31536000, immutable')
    .send(bytes);
}

/** RFC 6266: a plain name for old clients and the real one in UTF-8. */
export function contentDisposition(type: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `${type}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
