import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { createAuthorities } from '../../src/compliance/authorities.ts';
import { satExpression } from '../../src/compliance/sat/expression.ts';
import type { Question } from '../../src/domain/compliance.ts';
import { parseEInvoice } from '../../src/pipeline/einvoice/parse-e-invoice.ts';
import { createProviderMeter } from '../../src/resilience/provider-metrics.ts';
import { aCfdi } from '../support/e-invoices.ts';
import { realClock } from '../support/real-clock.ts';
import { aSatServer } from '../support/sat-server.ts';

async function aSat(t: TestContext) {
  const server = await aSatServer(t);
  const meter = createProviderMeter();
  const options = {
    satUrl: server.url,
    dianUrl: 'http://127.0.0.1:1',
    clock: realClock,
    credentialOf: async () => null,
  };
  const { SAT } = createAuthorities({ ...options, meter, timeoutMs: 500 });
  const question = SAT.questionOf(parseEInvoice(Buffer.from(aCfdi({ issuer: 'Ñ&amp;A010101AAA' }))));
  assert.ok(question);
  return { server, SAT, meter, ask: () => SAT.ask(question, 'acme') };
}

test('a CFDI is asked for as the SAT wants it and its answer is read', async (t) => {
  const { server, ask } = await aSat(t);

  const answer = await ask();

  assert.deepEqual(server.problems, []);
  assert.deepEqual(
    [answer.verdict, answer.answer, answer.isEfosListed, answer.cancellable],
    ['valid', 'Vigente', false, 'Cancelable con aceptación'],
  );
});

test('cancelled, not found and a listed issuer are told apart; a missing EFOS says nothing', async (t) => {
  const { server, ask } = await aSat(t);
  const answers = [];

  for (const behaviour of ['cancelado', 'no-encontrado', 'efos', 'without-efos'] as const) {
    server.behave(behaviour);
    const { verdict, isEfosListed } = await ask();
    answers.push([verdict, isEfosListed]);
  }

  assert.deepEqual(answers, [
    ['cancelled', false],
    ['not-found', null],
    ['valid', true],
    ['valid', null],
  ]);
});

test('a question that the SAT finds malformed is not asked again', async (t) => {
  const { SAT } = await aSat(t);
  const question = { uuid: 'no-uuid', version: '4.0', issuer: null, recipient: null, total: null, sealTail: null };

  assert.equal((await SAT.ask(question, 'acme')).verdict, 'bad-question');
});

for (const behaviour of ['bad-gateway', 'silent', 'page', 'endless', 'fault'] as const) {
  test(`an SAT that is ${behaviour} is away, not a verdict`, async (t) => {
    const { server, ask } = await aSat(t);
    server.behave(behaviour);

    await assert.rejects(ask(), { code: 'provider-unavailable', recovery: 'retry' });
  });
}

test('after three outages nobody waits for the SAT any more', async (t) => {
  const { server, SAT, ask } = await aSat(t);
  server.behave('bad-gateway');
  for (let count = 0; count < 3; count += 1) await ask().catch(() => undefined);

  await assert.rejects(ask(), { code: 'provider-unavailable' });

  assert.equal(server.asked.length, 3);
  assert.ok(SAT.isAway());
});

test('retenciones and what bears no stamp are not asked for', async (t) => {
  const { SAT } = await aSat(t);

  const unstamped = parseEInvoice(Buffer.from(aCfdi({ isStamped: false })));

  assert.equal(SAT.questionOf(unstamped), null);
  assert.equal(SAT.questionOf({ ...unstamped, uuid: 'x', standard: 'CFDI-RETENCIONES' }), null);
});

const base: Question = {
  ...{
    uuid: '5A1B2C3D-0000-4000-8000-00000000ABCD',
    version: '4.0',
    issuer: 'AAA010101AAA',
    recipient: 'BBB010101BBB',
  },
  ...{ total: '116.10', sealTail: 'abcdefg=' },
};

for (const [total, written] of [
  ['1', '1.0'],
  ['116.10', '116.1'],
  ['0.000001', '0.000001'],
  ['2382870.0', '2382870.0'],
  ['007.50', '7.5'],
  ['123456789012345678.1234567', '123456789012345678.123456'],
] as const) {
  test(`a total of ${total} is written ${written}`, () => {
    assert.match(satExpression({ ...base, total }), new RegExp(`&tt=${written.replace('.', '\\.')}&`));
  });
}

test('version 3.2 has a total of 17 characters and no seal', () => {
  assert.equal(
    satExpression({ ...base, version: '3.2', total: '4685.00' }),
    '?re=AAA010101AAA&rr=BBB010101BBB&tt=0000004685.000000&id=5A1B2C3D-0000-4000-8000-00000000ABCD',
  );
});

const folder = new URL('../../../shared/data/', import.meta.url);

test('the expressions of real invoices are those that their QR codes hold', async (t) => {
  if (!existsSync(folder)) return t.skip('SKIPPED: ../shared/data is not here');
  const entries: { file: string; version: string; expresion?: string }[] = JSON.parse(
    readFileSync(new URL('einvoice/mx/expected.json', folder), 'utf8'),
  );
  const withCode = entries.filter(({ expresion, version }) => expresion && /^[34]\./.test(version));
  const { SAT } = await aSat(t);
  let compared = 0;

  for (const { file, expresion = '' } of withCode) {
    const invoice = parseEInvoice(readFileSync(new URL(file, folder)));
    if (invoice.standard !== 'CFDI') continue;
    const question = SAT.questionOf(invoice);
    assert.ok(question, file);
    const asked = satExpression(question);
    assert.deepEqual(sorted(asked), sorted(expresion), file);
    compared += 1;
  }

  assert.ok(compared > 0);
});

/** The QR's parts stand in another order, and it escapes no tax id. */
function sorted(expression: string): string[] {
  return (expression.split('?')[1] ?? '').replaceAll('&amp;', '%26').split('&').sort();
}
