import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { alegraAccount, anAlegraServer } from '../support/alegra-server.ts';
import { aForm } from '../support/api.ts';
import { aNumberedCfdi } from '../support/compliance.ts';
import { eventually } from '../support/eventually.ts';
import { startServiceProcess } from '../support/process-service.ts';
import { runCli } from '../support/run-cli.ts';
import { aSatServer } from '../support/sat-server.ts';
import { aDataDir, lastFirst } from '../support/store.ts';

test('the running service checks an uploaded CFDI with the SAT, books it in Alegra and tells both; commands look after it', async (t) => {
  const ends = lastFirst(t);
  const dataDir = await aDataDir(ends);
  const [sat, alegra] = [await aSatServer(ends), await anAlegraServer(ends)];
  const env = {
    ...{ COMPLIANCE: 'on', SAT_STATUS_URL: sat.url, ALEGRA_ROOT_URL: alegra.url, DATA_DIR: dataDir },
    ...{ ALEGRA_EMAIL: alegraAccount.email, ALEGRA_TOKEN: alegraAccount.token, ADMIN_API_KEY: 'an-admin-key-of-tests' },
  };
  const service = await startServiceProcess(dataDir, env);
  ends.after(() => service.stop());
  const { payload, headers } = aForm([{ name: 'factura.xml', bytes: Buffer.from(aNumberedCfdi(1)) }]);
  const get = async (path: string, headers = {}) => (await fetch(`${service.address}${path}`, { headers })).text();
  const began = performance.now();

  await fetch(`${service.address}/api/upload`, { method: 'POST', body: payload, headers });
  await eventually(() => alegra.attachments.length, 1);
  t.diagnostic(`from arrival to booked and attached: ${Math.round(performance.now() - began)} ms`);

  const { tickets }: { tickets: { compliance: { answer: string } }[] } = JSON.parse(await get('/api/tickets'));
  assert.deepEqual(sat.problems, []);
  assert.deepEqual(alegra.problems, []);
  assert.equal(tickets[0]?.compliance.answer, 'Vigente');
  assert.equal(alegra.bills.length, 1);

  const admin = { 'x-api-key': 'an-admin-key-of-tests' };
  const { jobs }: { jobs: unknown[] } = JSON.parse(await get('/api/jobs', admin));
  assert.equal(jobs.length, 9);
  assert.equal((await fetch(`${service.address}/api/jobs`)).status, 403);
  await fetch(`${service.address}/api/jobs/compliance-report/pause`, { method: 'POST', headers: admin });

  const recovered = await runCli(['compliance', 'recover'], env);
  assert.deepEqual([recovered.code, /faltan 0/.test(recovered.stdout)], [0, true], recovered.stderr);
  const listed = await runCli(['jobs'], env);
  assert.match(listed.stdout, /compliance-report .*pausa/);
  const file = join(dataDir, 'compras.csv');
  await writeFile(file, '');
  const exported = await runCli(['accounting', 'export', '--month', '2027-01', '--output', file], env);
  assert.equal(exported.code, 0, exported.stderr);
  assert.equal(await service.stop(), 0);
});
