import type { MailPart } from './parse-mail.ts';

const documentTypes =
  /^(?:application\/(?:pdf|x-pdf|xml|zip|x-zip(?:-compressed)?|gzip|x-gzip)|text\/xml|image\/(?!svg|x-icon|vnd\.microsoft\.icon)[\w.+-]+)$/;
const documentNames = /\.(?:pdf|xml|zip|gz|png|apng|jpe?g|jfif|gif|bmp|tiff?|webp|hei[cf]s?|avif)$/i;
/** Logos, lines and signatures in the text of a mail are smaller; the photo of a receipt never is. */
const decorationBytes = 40_000;
const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/xml': 'xml',
  'application/xml': 'xml',
};

/** The name of a part that may be a document, null for one that surely is none; what it really is, its bytes tell later. */
export function documentIn({ name, mime, bytes, isInline }: MailPart): string | null {
  if (bytes.byteLength === 0) return null;
  if (!documentTypes.test(mime) && !documentNames.test(name ?? '')) return null;
  if (isInline && mime.startsWith('image/') && bytes.byteLength < decorationBytes) return null;
  return name || `adjunto.${extensions[mime] ?? mime.split('/')[1] ?? 'bin'}`;
}
