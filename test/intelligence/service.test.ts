import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Result } from '../../src/domain/result.ts';
import { createIntelligenceClient } from '../../src/intelligence/client.ts';
import { startServiceProcess } from '../support/process-service.ts';
import { aPurchase, aReceiptPicture } from '../support/receipt-picture.ts';
import { runCli } from '../support/run-cli.ts';
import { aDataDir } from '../support/store.ts';

const apiKey = 'a key of the service';

test('a machine without database or bus reads for another one, which has no reading of its own to do', async (t) => {
  const dir = await aDataDir(t);
  await using service = await startServiceProcess(
    join(dir, 'big'),
    {
      ROLES: 'channels',
      MONGODB_URI: 'mongodb://127.0.0.1:1/none',
      INTELLIGENCE_PORT: '0',
      INTELLIGENCE_API_KEY: apiKey,
    },
    ['--roles', 'intelligence'],
  );
  const purchase = aPurchase(7);
  const picture = await aReceiptPicture(purchase.rows);
  await writeFile(join(dir, 'recibo.png'), picture);
  const client = createIntelligenceClient({ url: service.address, apiKey });
  t.after(() => client.close());

  const direct = await client.process({ file_content_b64: picture.toString('base64') });
  const cli = await runCli(['process', join(dir, 'recibo.png'), '--json'], {
    ...{ DATA_DIR: join(dir, 'small'), OCR_BACKENDS: 'remote,paddle', COMPLIANCE: 'off' },
    ...{ INTELLIGENCE_SERVICE_URL: service.address, INTELLIGENCE_API_KEY: apiKey },
  });

  assert.equal(direct.fields.total?.value, purchase.total);
  const result = Result.parse(JSON.parse(cli.stdout));
  assert.equal(result.ocr?.provider, 'remote');
  assert.equal(result.fields.total?.value, purchase.total);
  assert.equal(await service.stop(), 0, service.output());
});
