import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { createErrorHandler } from '../../../src/http/error-handler.ts';
import { describeFailure } from '../../../src/notifier/describe.ts';
import { eventually } from '../../support/eventually.ts';
import { botToken } from '../../support/telegram-server.ts';
import { aPerson } from '../../support/telegram-updates.ts';
import { aBot } from './a-bot.ts';

test('Telegram 8: with a webhook address Telegram brings the updates, and only with the secret', async (t) => {
  const bot = await aBot(t);
  const url = 'https://bot.example.com/telegram/hook';
  bot.deps.telegram = { token: botToken, apiRoot: `${bot.server.root}/`, webhookUrl: url, webhookSecret: 'geheim' };
  aPerson(bot.server).says('hola');
  const [update] = bot.server.state.queue;
  const channel = await bot.start();
  const app = Fastify();
  app.setErrorHandler(createErrorHandler(describeFailure, 'es'));
  if (channel.routes) await app.register(channel.routes);
  t.after(() => app.close());
  const post = (secret?: string) => {
    const headers = secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret };
    return app.inject({ method: 'POST', url: '/telegram/hook', headers, payload: { ...update } });
  };

  const codes = [(await post()).statusCode, (await post('falsch')).statusCode, (await post('geheim')).statusCode];
  await post('geheim');

  await eventually(() => bot.server.state.webhook, { url, secret: 'geheim' });
  assert.deepEqual(codes, [403, 403, 200]);
  await eventually(() => bot.server.shown.map(({ text }) => text), ['Dijiste: hola']);
  assert.equal(bot.server.callsOf('getUpdates').length, 0);
});

test('without a webhook address the bot takes a forgotten webhook away and asks', async (t) => {
  const bot = await aBot(t);
  bot.server.state.webhook = { url: 'https://old.example.com', secret: 'x' };
  aPerson(bot.server).says('hola');

  const channel = await bot.start();

  await eventually(() => bot.server.shown.length, 1);
  assert.equal(channel.routes, undefined);
});
