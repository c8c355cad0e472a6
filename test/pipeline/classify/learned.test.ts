import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Lesson } from '../../../src/domain/lesson.ts';
import { fingerprintOf } from '../../../src/pipeline/classify/fingerprint.ts';
import { type Clues, createLearned } from '../../../src/pipeline/classify/learned.ts';
import { layoutOf } from '../../../src/pipeline/extract/layout.ts';
import { readingFromText } from '../../../src/pipeline/extract/reading-from-text.ts';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

const head = 'LOGO ILEGIBLE\nAV. DE LOS INSURGENTES SUR 1602\nCOL. CREDITO CONSTRUCTOR\nALCALDIA BENITO JUAREZ';
const sameHead = 'LOGO 1LEGIBLF\nAV. DE LOS INSURGFNTES SUR 1602\nCOL. CREDITO CONSTRUCT0R\nALCALDIA BENITO JUARZ';
const otherHead = 'BOLETA ELECTRONICA\nPROVIDENCIA 2250 PROVIDENCIA\nSANTIAGO DE CHILE\nGIRO MINIMARKET';
const fingerprint = (text: string) => fingerprintOf(layoutOf(readingFromText(text)));
const clues = (text: string, changes: Partial<Clues> = {}): Clues => {
  return { taxIds: [], permit: null, fingerprint: fingerprint(text), ...changes };
};

let lessons = 0;
function aLesson(changes: Partial<Lesson> = {}): Lesson {
  lessons += 1;
  return {
    ...{ ticketId: `t${lessons}`, companyId: 'acme', personId: 'ana', merchant: { id: null, name: 'Cafe Sur' } },
    ...{ taxId: null, permit: null, fingerprint: fingerprint(head), taughtAt: new Date(2026, 0, 1, 0, lessons) },
    ...changes,
  };
}

function evidence(taught: readonly Lesson[], given: Clues, companyId = 'acme') {
  const learned = createLearned();
  for (const lesson of taught) learned.learn(lesson);
  return learned.evidence(companyId, given, data.catalog);
}

test('what was corrected once is known when the same shop comes again, through other noise', () => {
  const [sign] = evidence([aLesson()], clues(sameHead));

  assert.equal(sign?.name, 'Cafe Sur');
  assert.ok((sign?.probability ?? 0) > 0.9);
  assert.deepEqual(evidence([aLesson()], clues(otherHead)), []);
});

test('a tax id that the catalogue does not know is remembered; one that it knows says nothing about the shop', () => {
  const known = aLesson({ taxId: 'NWM9709244W4', fingerprint: fingerprint(otherHead) });

  assert.equal(
    evidence([aLesson({ taxId: 'GODE561231GR8' })], clues(otherHead, { taxIds: ['GODE561231GR8'] }))[0]?.taxId,
    'GODE561231GR8',
  );
  assert.deepEqual(evidence([known], clues(head, { taxIds: ['NWM9709244W4'] })), []);
});

test("a station's permit tells it from its neighbour with the same header", () => {
  const taught = [aLesson({ permit: 'PL/1111/EXP/ES/2015' })];

  assert.equal(evidence(taught, clues(otherHead, { permit: 'PL/1111/EXP/ES/2015' })).length, 1);
  assert.deepEqual(evidence(taught, clues(head, { permit: 'PL/2222/EXP/ES/2015' })), []);
});

test('what one company says, or two, reaches no other; what three agree on does', () => {
  const from = (companyId: string) => aLesson({ companyId });

  assert.deepEqual(evidence([from('acme'), from('acme'), from('acme')], clues(head), 'other'), []);
  assert.deepEqual(evidence([from('acme'), from('beta')], clues(head), 'other'), []);
  const [sign] = evidence([from('acme'), from('beta'), from('gama')], clues(head), 'other');
  assert.equal(sign?.name, 'Cafe Sur');
  assert.ok((sign?.probability ?? 1) <= 0.9);
});

test('companies that differ teach nobody else', () => {
  const from = (companyId: string, name: string) => aLesson({ companyId, merchant: { id: null, name } });
  const taught = [from('a', 'Uno'), from('b', 'Uno'), from('c', 'Uno'), from('d', 'Dos'), from('e', 'Dos')];

  assert.deepEqual(evidence(taught, clues(head), 'other'), []);
});

test('a company that was wrong once is believed less until it is right again', () => {
  const wrong = aLesson({ merchant: { id: null, name: 'Mal' } });
  const [disputed] = evidence([wrong, aLesson()], clues(head));
  const [settled] = evidence([wrong, aLesson(), aLesson()], clues(head));

  assert.equal(disputed?.probability.toFixed(2), '0.67');
  assert.ok((settled?.probability ?? 1) < 0.9);
  const names = evidence([wrong, aLesson(), aLesson()], clues(head)).map(({ name, probability }) => [
    name,
    probability > 0.5,
  ]);
  assert.deepEqual(names, [
    ['Cafe Sur', true],
    ['Mal', false],
  ]);
});

test('a ticket corrected again teaches the new name only, and what is undone teaches nothing', () => {
  const learned = createLearned();
  learned.learn(aLesson({ ticketId: 'same', merchant: { id: null, name: 'Mal' } }));
  learned.learn(aLesson({ ticketId: 'same' }));
  const names = learned.evidence('acme', clues(head), data.catalog).map(({ name }) => name);
  learned.unlearn('same');

  assert.deepEqual(names, ['Cafe Sur']);
  assert.deepEqual(learned.evidence('acme', clues(head), data.catalog), []);
});

test('people outrank the catalogue for the shop that they named', () => {
  const learned = evidence([aLesson({ merchant: { id: 'bodega-aurrera', name: 'Bodega Aurrera' } })], clues(head));
  const text = `${head}\nRFC NWM9709244W4\nTOTAL 10.00`;

  assert.equal(data.understand(text).classification.merchant?.id, 'walmart-mx');
  assert.equal(data.understandWith(text, learned).classification.merchant?.id, 'bodega-aurrera');
});
