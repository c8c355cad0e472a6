/** SVG of a till receipt: rows of text on a paper strip, on a table. Shared by the samples that are receipts. */
export interface PaperRow {
  left?: string;
  right?: string;
  centre?: string;
  size?: number;
  bold?: boolean;
  rule?: boolean;
  gapAfter?: number;
}

const paper = { x: 70, y: 60, width: 620, padding: 44 };
const ink = '#23262b';

export function receiptPaper(rows: readonly PaperRow[]): string {
  let y = paper.y + 70;
  const drawn = rows.map((row) => {
    const size = row.size ?? 24;
    y += row.rule ? 14 : size * 1.42;
    const text = drawRow(row, y, size);
    y += row.gapAfter ?? 0;
    return text;
  });
  const height = y + 70 - paper.y;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="${height + 120}" font-family="DejaVu Sans Mono, monospace" fill="${ink}">
  <defs>
    <linearGradient id="table" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#8d745c"/><stop offset="1" stop-color="#6d5844"/></linearGradient>
    <linearGradient id="paper" x1="0" y1="0" x2="1" y2="0.2"><stop offset="0" stop-color="#fbfaf6"/><stop offset="1" stop-color="#efece4"/></linearGradient>
    <filter id="shadow" x="-10%" y="-10%" width="120%" height="120%"><feDropShadow dx="6" dy="10" stdDeviation="12" flood-opacity="0.45"/></filter>
  </defs>
  <rect width="100%" height="100%" fill="url(#table)"/>
  <g transform="rotate(-0.7 380 ${height / 2})">
    <path d="${tornStrip(height)}" fill="url(#paper)" filter="url(#shadow)"/>
    ${drawn.join('\n    ')}
  </g>
</svg>`;
}

function drawRow(row: PaperRow, y: number, size: number): string {
  const left = paper.x + paper.padding;
  const right = paper.x + paper.width - paper.padding;
  const style = `font-size="${size}"${row.bold ? ' font-weight="bold"' : ''}`;
  if (row.rule)
    return `<line x1="${left}" x2="${right}" y1="${y}" y2="${y}" stroke="${ink}" stroke-dasharray="6 5" stroke-width="2"/>`;
  const parts = [
    row.left && `<text x="${left}" y="${y}" ${style}>${escapeXml(row.left)}</text>`,
    row.right && `<text x="${right}" y="${y}" ${style} text-anchor="end">${escapeXml(row.right)}</text>`,
    row.centre &&
      `<text x="${(left + right) / 2}" y="${y}" ${style} text-anchor="middle">${escapeXml(row.centre)}</text>`,
  ];
  return parts.filter(Boolean).join('');
}

/** The strip's outline, its lower edge cut by the printer's teeth. */
function tornStrip(height: number): string {
  const { x, y, width } = paper;
  const tooth = 20;
  const teeth = Array.from({ length: width / tooth }, () => `l-${tooth / 2} 9 l-${tooth / 2} -9`).join(' ');
  return `M${x} ${y} h${width} v${height} ${teeth} Z`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
