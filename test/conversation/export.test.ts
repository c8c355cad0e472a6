import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCsv } from '../../src/conversation/export/csv.ts';
import { toXlsx } from '../../src/conversation/export/xlsx.ts';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, fieldsOf } from '../support/conversation.ts';

const text = (value: string) => ({ kind: 'text' as const, value });

test('a month is exported as CSV or as a spreadsheet, chosen by buttons or by word', async (t) => {
  const { say, press, tickets } = await aLinkedPerson(t);
  const fields = fieldsOf({ date: '2026-01-14', merchant: 'Café, Ñandú', total: '1234.50', currency: 'MXN' });
  await tickets.create(aTicket({ stage: 'COMPLETED', kind: 'receipt', fields }));
  const [choice] = await say('exportar enero');
  const [excel, csv] = choice?.buttons?.flat() ?? [];

  const [asCsv] = await press(csv?.data ?? '');
  const [asXlsx] = await press(excel?.data ?? '');
  const [byWord] = await say('/exportar 2026-01 csv');

  const lines = Buffer.from(asCsv?.file?.bytes ?? [])
    .toString()
    .split('\r\n');
  assert.match(lines[0] ?? '', /^\uFEFFFecha,Comercio,/);
  assert.match(lines[1] ?? '', /^2026-01-14,"Café, Ñandú",,,,,1234\.50,MXN,,Recibo,listo,recibo\.png$/);
  assert.equal(asXlsx?.file?.name, 'recibot-2026-01.xlsx');
  assert.equal(Buffer.from(asXlsx?.file?.bytes.subarray(0, 2) ?? []).toString(), 'PK');
  assert.deepEqual(byWord?.file?.bytes, asCsv?.file?.bytes);
});

test('a text that a spreadsheet would run is neutralised, a number is not', () => {
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\u200b=1', '＝1'];

  const csv = toCsv({ head: ['x'], rows: [hostile.map(text), [{ kind: 'amount', value: '-5.00' }]] }, 'MXN');

  const [, cells, amount] = Buffer.from(csv).toString().split('\r\n');
  assert.equal(cells?.split(',').filter((cell) => /^"?'/.test(cell)).length, hostile.length);
  assert.equal(amount, '-5.00');
});

test('where amounts are written with a comma, cells are parted by semicolons', () => {
  const csv = toCsv({ head: ['a', 'b'], rows: [[{ kind: 'amount', value: '1234.50' }, text('x;"y"')]] }, 'COP');

  assert.equal(Buffer.from(csv).toString(), '\uFEFFa;b\r\n"1234,50";"x;""y"""\r\n');
});

test('a spreadsheet is written whatever characters a name holds', async () => {
  const nasty = ['\u0000\u0001\u001b', '<b>&"', '\ud800', '\uffff', 'x'.repeat(40_000), '=cmd|x'];

  const bytes = await toXlsx({ head: ['a'], rows: nasty.map((value) => [text(value)]) }, '2026-01');

  assert.equal(Buffer.from(bytes.subarray(0, 2)).toString(), 'PK');
});

test('a month without documents, another company’s among them, gives no file', async (t) => {
  const { say, tickets } = await aLinkedPerson(t);
  await tickets.create(aTicket({ stage: 'COMPLETED', companyId: 'other', fields: fieldsOf({ date: '2026-01-14' }) }));

  const [reply] = await say('exportar enero csv');

  assert.match(reply?.text ?? '', /No hay documentos/);
  assert.equal(reply?.file, undefined);
});
