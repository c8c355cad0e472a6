/** `240 kB`, `1.4 MB`. */
export function sizeText(bytes: number, locale: string): string {
  const isSmall = bytes < 1_000_000;
  const amount = isSmall ? bytes / 1000 : bytes / 1_000_000;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: isSmall ? 0 : 1 });
  return `${format.format(amount)} ${isSmall ? 'kB' : 'MB'}`;
}
