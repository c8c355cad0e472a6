import { plain } from '../classify/skeleton.ts';
import type { LabelledRow } from './labels.ts';

/** Number words of Spanish up to the thousands, as printed on receipts (`DOS MIL SETENTA PESOS 00/100 M.N.`). */
const values: Readonly<Record<string, number>> = {
  UN: 1,
  UNO: 1,
  UNA: 1,
  DOS: 2,
  TRES: 3,
  CUATRO: 4,
  CINCO: 5,
  SEIS: 6,
  SIETE: 7,
  OCHO: 8,
  NUEVE: 9,
  DIEZ: 10,
  ONCE: 11,
  DOCE: 12,
  TRECE: 13,
  CATORCE: 14,
  QUINCE: 15,
  DIECISEIS: 16,
  DIECISIETE: 17,
  DIECIOCHO: 18,
  DIECINUEVE: 19,
  VEINTE: 20,
  VEINTIUN: 21,
  VEINTIUNO: 21,
  VEINTIDOS: 22,
  VEINTITRES: 23,
  VEINTICUATRO: 24,
  VEINTICINCO: 25,
  VEINTISEIS: 26,
  VEINTISIETE: 27,
  VEINTIOCHO: 28,
  VEINTINUEVE: 29,
  TREINTA: 30,
  CUARENTA: 40,
  CINCUENTA: 50,
  SESENTA: 60,
  SETENTA: 70,
  OCHENTA: 80,
  NOVENTA: 90,
  CIEN: 100,
  CIENTO: 100,
  DOSCIENTOS: 200,
  TRESCIENTOS: 300,
  CUATROCIENTOS: 400,
  QUINIENTOS: 500,
  SEISCIENTOS: 600,
  SETECIENTOS: 700,
  OCHOCIENTOS: 800,
  NOVECIENTOS: 900,
};

/** Hundredths of the amount written in words with its cents as `nn/100`, or null. */
export function amountInWords(rows: readonly LabelledRow[]): number | null {
  for (const [index, row] of rows.entries()) {
    const own = plain(row.text).replace(/0/g, 'O');
    if (!/PES[O0]S|S[O0]LES|QUETZAL|DOLARES/.test(own)) continue;
    const text = `${plain(row.text)} ${plain(rows[index + 1]?.text ?? '')}`;
    const cents = /([\dO]{2}) ?\/ ?[1I][O0]{2}/.exec(text)?.[1]?.replaceAll('O', '0');
    const above = plain(rows[index - 1]?.text ?? '').replace(/0/g, 'O');
    const whole = wholeOf(own) ?? wholeOf(`${above} ${own}`);
    if (whole !== null && cents !== undefined) return whole * 100 + Number(cents);
  }
  return null;
}

function wholeOf(text: string): number | null {
  const words = (text.split(/PESOS|SOLES|QUETZAL|DOLARES/)[0] ?? '').match(/[A-Z]+/g) ?? [];
  let thousands = 0;
  let rest = 0;
  let known = 0;
  for (const word of words) {
    if (word === 'Y' || word === 'SON') continue;
    if (word === 'MIL') {
      thousands = (rest === 0 ? 1 : rest) * 1000;
      rest = 0;
    } else if (values[word] === undefined) return null;
    else rest += values[word];
    known += 1;
  }
  return known > 0 ? thousands + rest : null;
}
