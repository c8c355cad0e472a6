import { randomUUID } from 'node:crypto';
import { aPicture } from './builders.ts';

export interface Part {
  name?: string;
  mime: string;
  bytes: Uint8Array | string;
  disposition?: string;
  /** Content-ID, as pictures in the text have. */
  id?: string;
}

export interface MailOptions {
  from?: string;
  to?: string;
  subject?: string;
  /** Above the others, as a receiving server writes them. */
  top?: string[];
  headers?: string[];
  text?: string;
  html?: string;
  parts?: Part[];
}

/** What Gmail writes on top of a mail whose sender is who they say. */
export function vouched(domain: string): string {
  return `Authentication-Results: mx.google.com; dkim=pass header.i=@${domain} header.s=s1; spf=pass (google.com: domain of x@${domain} designates 192.0.2.1) smtp.mailfrom=x@${domain}; dmarc=pass (p=REJECT) header.from=${domain}`;
}

/** A mail as it is on the wire. */
export function aMail(options: MailOptions = {}): Buffer {
  const {
    from = 'Tienda <ventas@tienda.example>',
    to = 'ana@example.test',
    subject = 'Tu compra',
    text = 'Gracias.',
  } = options;
  const boundary = `b-${randomUUID()}`;
  const head = [
    ...(options.top ?? []),
    ...[`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Date: ${new Date().toUTCString()}`],
    ...[`Message-ID: <${randomUUID()}@tienda.example>`, 'MIME-Version: 1.0', ...(options.headers ?? [])],
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ];
  const words = options.html === undefined ? textPart('plain', text) : textPart('html', options.html);
  const parts = [words, ...(options.parts ?? []).map(partOf)];
  const body = parts.map((part) => Buffer.concat([Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]));
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), ...body, Buffer.from(`--${boundary}--\r\n`)]);
}

/** A mail with one document, unlike any other. */
export function withPicture(options: MailOptions = {}): Buffer {
  return aMail({ parts: [{ name: 'recibo.png', mime: 'image/png', bytes: aPicture() }], ...options });
}

function textPart(kind: string, text: string): Buffer {
  return Buffer.from(`Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}`);
}

function partOf({ name, mime, bytes, disposition = 'attachment', id }: Part): Buffer {
  const isMail = mime === 'message/rfc822';
  const named = name === undefined ? '' : `; filename="${name}"`;
  const head = [
    `Content-Type: ${mime}`,
    `Content-Disposition: ${disposition}${named}`,
    ...(id ? [`Content-ID: <${id}>`] : []),
    ...(isMail ? [] : ['Content-Transfer-Encoding: base64']),
  ];
  const body = isMail
    ? Buffer.from(bytes)
    : Buffer.from(Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n'));
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
