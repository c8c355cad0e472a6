/**
 * The text of an XML file, whatever its encoding: by byte-order mark, else as its declaration says, else UTF-8. A file that
 * claims UTF-8 and is not (old invoicing programs write Latin-1 under that name) is taken as Windows-1252. Marks and
 * blanks before the first `<` are dropped.
 */
export function decodeXml(bytes: Uint8Array): string {
  const text = decode(bytes, declaredEncoding(bytes));
  const start = /^[\s\0\uFEFF]*(?:ï»¿)?/.exec(text)?.[0].length ?? 0;
  return text.slice(start);
}

function declaredEncoding(bytes: Uint8Array): string {
  const [first, second, , fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c && fourth !== 0) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^[^<]{0,8}<\?xml[^>]{0,150}encoding\s*=\s*["']([\w.-]{2,20})["']/i.exec(head)?.[1] ?? 'utf-8';
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    // A declaration that reads as bytes cannot be true when it says UTF-16: that was converted and not corrected.
    const label = /^utf-?16$/i.test(encoding) ? 'utf-8' : encoding;
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
