import writeXlsxFile, { type CellObject } from 'write-excel-file/node';
import type { Table, TableCell } from './table.ts';

/** What a cell of a spreadsheet holds at most. */
const maxCellLength = 32_767;
const widths = [12, 32, 16, 18, 12, 12, 12, 9, 20, 20, 14, 30];

/** The table as a spreadsheet with real numbers and days. Texts are written as texts, so none is run as a formula. */
export async function toXlsx({ head, rows }: Table, sheet: string): Promise<Uint8Array> {
  const titles = head.map((value): CellObject => ({ value, type: String, fontWeight: 'bold' }));
  const data = [titles, ...rows.map((row) => row.map(cellOf))];
  const columns = head.map((_, place) => ({ width: widths[place] ?? 16 }));
  return writeXlsxFile(data, { sheet, columns, stickyRowsCount: 1 }).toBuffer();
}

function cellOf({ kind, value }: TableCell): CellObject | null {
  if (value === '') return null;
  // The file format itself knows numbers only as floats; nothing is computed with them here.
  if (kind === 'amount') return { value: Number(value), type: Number, format: '#,##0.00' };
  if (kind === 'day') return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return { value: withoutControls(value).slice(0, maxCellLength), type: String };
}

/** XML has no way to write them. */
function withoutControls(value: string): string {
  return value.toWellFormed().replace(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, '');
}
