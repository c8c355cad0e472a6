import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLabelFinder } from '../../../../src/pipeline/extract/payment/labels.ts';

const findLabels = createLabelFinder();
const kinds = (text: string) => findLabels(text).map((hit) => hit.kind);

test('a label is found whatever its accents, case and lost or added blanks', () => {
  for (const text of ['Identificación:', 'IDENTIFICACION :', 'lde ntifica cio n:', 'Identificacion;']) {
    assert.deepEqual(kinds(text), ['cedula'], text);
  }
  assert.deepEqual(kinds('Operaci6n: 0030'), ['referencia']);
});

test('the longest label wins: a reference number is no telephone number', () => {
  assert.deepEqual(kinds('Número de referencia'), ['referencia']);
  assert.deepEqual(kinds('Número celular de origen:'), ['telefonoOrigen']);
});

test('a label with a letter misread, or its colon read as a letter, is still one', () => {
  assert.deepEqual(kinds('Referencla'), ['referencia']);
  assert.deepEqual(kinds('Refcrencia:'), ['referencia']);
  assert.deepEqual(kinds('Montoc'), ['monto']);
});

test('an ordinary word is a label only before a colon, before its number, or alone', () => {
  assert.deepEqual(kinds('BANCO MERCANTIL'), []);
  assert.deepEqual(kinds('Banco: MERCANTIL'), ['banco']);
  assert.deepEqual(kinds('Banco'), ['banco']);
  assert.deepEqual(kinds('Operación 003039328429'), ['referencia']);
});

test('a title is not the label it contains', () => {
  assert.deepEqual(kinds('Comprobante de operación'), ['none']);
});

test('a value glued to its label leaves both', () => {
  const text = 'Número dereferencia110423';

  const [hit] = findLabels(text);

  assert.equal(text.slice(hit?.end), '110423');
});

test('a label inside a longer word is none', () => {
  assert.deepEqual(kinds('prefechado'), []);
  assert.deepEqual(kinds('montones'), []);
});
