import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { createAuthorities } from '../../src/compliance/authorities.ts';
import type { Credential } from '../../src/compliance/dian/envelope.ts';
import { parseEInvoice } from '../../src/pipeline/einvoice/parse-e-invoice.ts';
import { createProviderMeter } from '../../src/resilience/provider-metrics.ts';
import { aDianServer } from '../support/dian-server.ts';
import { aUblInvoice, issuerCertificate, stampCertificate } from '../support/e-invoices.ts';
import { realClock } from '../support/real-clock.ts';

const privateKeyPem = readFileSync(new URL('../fixtures/einvoice/issuer.key.pem', import.meta.url), 'utf8');
const cufe = 'a1'.repeat(48);

async function aDian(
  t: TestContext,
  credential: Credential | null = { certificate: issuerCertificate, privateKeyPem },
) {
  const server = await aDianServer(t, issuerCertificate);
  const meter = createProviderMeter();
  const options = { satUrl: 'http://127.0.0.1:1', dianUrl: server.url, clock: realClock, meter, timeoutMs: 2_000 };
  const { DIAN } = createAuthorities({ ...options, credentialOf: async () => credential });
  const question = DIAN.questionOf(parseEInvoice(Buffer.from(aUblInvoice().replace('abc123', cufe))));
  assert.ok(question);
  return { server, DIAN, ask: () => DIAN.ask(question, 'acme') };
}

test('a CUFE is asked for in an envelope that the company signed, and the answer is read', async (t) => {
  const { server, ask } = await aDian(t);

  const answer = await ask();

  assert.deepEqual(server.problems, []);
  assert.deepEqual(server.asked, [cufe]);
  assert.deepEqual([answer.verdict, answer.answer], ['valid', 'Procesado Correctamente.']);
});

test('accepted with notices is valid; a broken rule is a rejection with its words; unknown may only be too early', async (t) => {
  const { server, ask } = await aDian(t);
  const answers = [];

  for (const behaviour of ['with-notices', 'rejected', 'unknown'] as const) {
    server.behave(behaviour);
    answers.push(await ask());
  }

  assert.deepEqual(
    answers.map(({ verdict }) => verdict),
    ['valid', 'rejected', 'not-found'],
  );
  assert.match(answers[1]?.detail ?? '', /Regla: FAD06, Rechazo: CUFE/);
});

for (const behaviour of ['bad-gateway', 'silent', 'riddle'] as const) {
  test(`a DIAN that is ${behaviour} is away, not a verdict`, async (t) => {
    const { server, ask } = await aDian(t);
    server.behave(behaviour);

    await assert.rejects(ask(), { code: 'provider-unavailable', recovery: 'retry' });
  });
}

test("another company's certificate is refused by the DIAN, which says nothing about the invoice", async (t) => {
  const { server, ask } = await aDian(t, { certificate: stampCertificate, privateKeyPem });

  await assert.rejects(ask(), { code: 'provider-unavailable', message: /InvalidSecurity/ });

  assert.ok(server.problems.includes('certificate') && server.problems.includes('signature'));
});

test('a company without a certificate is told so, and the DIAN is not bothered', async (t) => {
  const { server, DIAN, ask } = await aDian(t, null);

  for (let count = 0; count < 4; count += 1) await assert.rejects(ask(), { code: 'no-certificate' });

  assert.deepEqual(server.asked, []);
  assert.equal(DIAN.isAway(), false);
});

test('only a CUFE or CUDE is asked for', async (t) => {
  const { DIAN } = await aDian(t);

  assert.equal(DIAN.questionOf(parseEInvoice(Buffer.from(aUblInvoice()))), null);
});
