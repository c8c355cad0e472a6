import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Extraction } from '../../src/domain/document.ts';
import { withReturns } from '../../src/pipeline/returns.ts';
import { aReading } from '../support/builders.ts';

const read = (value: string) => ({ value, confidence: 0.9, box: null, source: 'ocr/label' });
const extraction: Extraction = { fields: { total: read('99.50'), tax: read('0.00'), folio: read('12') }, reasons: [] };

function valuesAfter(...rows: string[]): (string | undefined)[] {
  const { total, tax, folio } = withReturns(extraction, aReading('TIENDA', ...rows)).fields;
  return [total?.value, tax?.value, folio?.value];
}

test('a paper that gives money back has amounts below zero', () => {
  for (const title of [
    'DEVOLUCIÓN',
    '*** DEVOLUCION ***',
    'TICKET DE DEVOLUCION',
    'NOTA DE CREDITO A-12',
    'Nota de Crédito Electrónica N° 4',
  ]) {
    assert.deepEqual(valuesAfter(title), ['-99.50', '0.00', '12'], title);
  }
});

test('a receipt that only speaks of returns is a purchase', () => {
  for (const row of [
    'CAMBIOS Y DEVOLUCIONES 30 DIAS',
    'PARA DEVOLUCION PRESENTE ESTE TICKET',
    'POLITICA DE DEVOLUCION EN TIENDA',
  ]) {
    assert.deepEqual(valuesAfter(row), ['99.50', '0.00', '12'], row);
  }
});
