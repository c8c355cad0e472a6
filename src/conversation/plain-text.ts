/** Control, zero-width and direction characters: nobody types them on purpose, and they turn what others read around. */
const invisible = /[\p{Cc}\p{Cf}]/gu;

/** What a person typed, as one line of visible text. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(invisible, '').trim();
}
