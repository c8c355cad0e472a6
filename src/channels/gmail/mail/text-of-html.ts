const maxLength = 1_000_000;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of a mail that has no plain text, a line for each block. For looking for what is quoted, not for showing. */
export function textOfHtml(html: string): string {
  return html
    .slice(0, maxLength)
    .replace(/<(style|script|head)\b[^>]{0,1000}>[\s\S]*?<\/\1>/gi, '')
    .replace(/[\r\n]+/g, ' ')
    .replace(/<\/?(?:br|p|div|tr|li|h\d|blockquote|table)\b[^>]{0,1000}>/gi, '\n')
    .replace(/<[^>]{0,2000}>/g, '')
    .replace(/&(?:#(\d{1,6})|([a-z]{2,6}));/gi, (whole: string, code?: string, name = '') =>
      code ? String.fromCodePoint(Number(code)) : (entities[name.toLowerCase()] ?? whole),
    )
    .replace(/[ \t]+/g, ' ');
}
