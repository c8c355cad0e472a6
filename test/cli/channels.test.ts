import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { startServiceProcess } from '../support/process-service.ts';
import { runCli } from '../support/run-cli.ts';
import { aDataDir, lastFirst } from '../support/store.ts';
import { aTelegram, botToken } from '../support/telegram-server.ts';

test('recibot channels shows, stops and starts a channel of the running service, and it stays stopped over a restart', async (t) => {
  const ends = lastFirst(t);
  const dataDir = await aDataDir(ends);
  const server = await aTelegram(ends);
  const env = { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_API_ROOT: server.root, ROLES: 'channels,api' };
  const recibot = (...args: string[]) => runCli(['channels', ...args], { DATA_DIR: dataDir, ...env });
  const statusOf = async (name: string) => {
    const { stdout } = await recibot('--json');
    const views = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return views.find((view) => view.name === name)?.status;
  };
  const service = await startServiceProcess(dataDir, env);
  ends.after(() => service[Symbol.asyncDispose]());
  await eventually(() => statusOf('telegram'), 'receiving');

  const shown = await recibot();
  const stopped = await recibot('stop', 'telegram');
  const unknown = await recibot('stop', 'pigeon');

  assert.match(shown.stdout, /Canal · Channel +Estado · State[\s\S]*telegram +recibiendo · receiving/);
  assert.match(stopped.stdout, /telegram +detenido · stopped/);
  assert.deepEqual(
    [unknown.code, /No existe el canal pigeon · There is no channel pigeon/.test(unknown.stderr)],
    [1, true],
  );
  await service.stop();
  await using again = await startServiceProcess(dataDir, env);
  await eventually(() => statusOf('telegram'), 'stopped');
  const started = await recibot('start', 'telegram');
  assert.match(started.stdout, /telegram +(iniciando|recibiendo)/);
  await eventually(() => statusOf('telegram'), 'receiving');
  assert.equal(again.output().includes('admin-api-key'), true);
});

test('a channel that is to be linked shows its QR code, or the code to type, in the terminal', async () => {
  const { drawChannels } = await import('../../src/cli/draw-channels.ts');
  const at = '2026-01-15T12:00:00.000Z';
  const base = {
    since: at,
    seenAt: at,
    lastError: null,
    wanted: 'running',
    canUnlink: true,
    isStale: false,
    waiting: 2,
  } as const;

  const withQr = await drawChannels([{ ...base, name: 'whatsapp', status: 'linking', link: { qr: '2@a,b,c' } }]);
  const withCode = await drawChannels([
    { ...base, name: 'whatsapp', status: 'linking', link: { pairingCode: 'ABCD-EFGH' } },
  ]);
  const gone = await drawChannels([{ ...base, name: 'whatsapp', status: 'receiving', link: null, isStale: true }]);

  assert.match(withQr, /por vincular · linking[\s\S]*▀▀▀▀/);
  assert.match(withCode, /ABCD-EFGH/);
  assert.match(gone, /sin noticias · no sign of life/);
});
