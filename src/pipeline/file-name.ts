const maxLength = 200;

/** A sender's file name made safe to keep and show: last part of a path, no control characters, at most 200 characters. */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last.normalize('NFC').replace(/\p{C}/gu, '').trim().slice(0, maxLength);
  return clean === '' || /^\.+$/.test(clean) ? 'document' : clean;
}
