import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { ChatEntry } from '../../../src/channels/webchat/chat-entry.ts';
import { chatOf } from '../../../src/channels/webchat/chat-log.ts';
import { aForm, anApi, post } from '../../support/api.ts';
import { aPicture, aTicket } from '../../support/builders.ts';
import { fieldsOf } from '../../support/conversation.ts';

/** Somebody in front of the page: a cookie of their own, and what their chat shows. */
async function aVisitor(api: FastifyInstance) {
  const newcomer = await api.inject('/api/webchat/messages');
  const headers = { cookie: newcomer.headers['set-cookie']?.toString().split(';')[0] ?? '' };
  const said = (body: object, message: string = randomUUID()) =>
    api.inject({ method: 'POST', url: '/api/webchat/said?lang=es', headers, payload: { message, ...body } });
  const entries = async () => {
    const history = await api.inject({ url: '/api/webchat/messages?lang=es', headers });
    return ChatEntry.array().parse(history.json().entries);
  };
  const lines = async () => (await entries()).map((one) => [one.type, 'text' in one ? one.text.split('\n')[0] : '']);
  return { headers, said, entries, lines };
}

test('what is written is answered by the conversation, and both stay in the chat', async (t) => {
  const { api } = await anApi(t);
  const { said, lines } = await aVisitor(api);

  const response = await said({ text: 'estado' });

  assert.equal(response.statusCode, 202);
  assert.deepEqual(await lines(), [
    ['said', 'estado'],
    ['reply', 'Aún no tienes documentos. Mándame la foto de un recibo para empezar.'],
  ]);
});

test('a message that is sent again after a lost connection is answered once', async (t) => {
  const { api } = await anApi(t);
  const { said, entries } = await aVisitor(api);

  await said({ text: 'ayuda' }, 'message-same');
  await said({ text: 'ayuda' }, 'message-same');

  assert.equal((await entries()).length, 2);
});

test('a button is shown by its label and does what its data says', async (t) => {
  const { api } = await anApi(t);
  const { said, lines } = await aVisitor(api);

  const response = await said({ button: { label: 'Português', data: 'lang:pt' } });

  assert.deepEqual(response.json(), { language: 'pt' });
  assert.deepEqual(await lines(), [
    ['said', 'Português'],
    ['reply', 'Combinado, escrevo em português.'],
  ]);
});

test('the page’s own switch of the language leaves no trace in the chat', async (t) => {
  const { api } = await anApi(t);
  const { said, lines } = await aVisitor(api);

  await said({ language: 'en' });
  await said({ text: 'estado' });

  assert.deepEqual(await lines(), [
    ['said', 'estado'],
    ['reply', 'You have no documents yet. Send me the photo of a receipt to begin.'],
  ]);
});

test('a chart and a spreadsheet can be fetched by whose chat it is, and by nobody else', async (t) => {
  const { api, tickets } = await anApi(t);
  const ana = await aVisitor(api);
  await ana.said({ text: 'hola' });
  const chat = chatOf(ana.headers.cookie.split('=')[1] ?? '');
  const source = { channel: 'webchat', account: 'web', chat, message: 'm', attachment: 0 };
  const fields = fieldsOf({ merchant: 'OXXO', total: '10.00', date: '2026-01-10', currency: 'MXN' });
  await tickets.create(aTicket({ companyId: 'acme', source, fields, kind: 'receipt', stage: 'COMPLETED' }));

  await ana.said({ text: 'gastos 2026-01' });

  const reply = (await ana.entries()).findLast((one) => one.type === 'reply');
  const url = `/api/webchat/replies/${encodeURIComponent(reply?.id ?? '')}/file`;
  assert.equal(reply?.type === 'reply' && reply.file?.mime, 'image/png');
  const mine = await api.inject({ url, headers: ana.headers });
  const eve = await aVisitor(api);
  const theirs = await api.inject({ url, headers: eve.headers });
  assert.deepEqual([mine.statusCode, mine.headers['content-type'], theirs.statusCode], [200, 'image/png', 404]);
  assert.equal(mine.rawPayload.subarray(1, 4).toString(), 'PNG');
});

test('a guest of the page who sends a code of a company becomes its member there', async (t) => {
  const { api, linkCodes, tickets, clock } = await anApi(t);
  const { said, lines, headers } = await aVisitor(api);
  await said({ text: 'estado' });
  const { code } = await linkCodes.make({ companyId: 'other', roles: ['owner'], personId: null });

  clock.advance(1_000);
  await said({ text: code });
  clock.advance(1_000);
  const form = aForm([{ name: 'a.png', bytes: aPicture() }], { message: 'message-document' });
  const { ticketId } = (await post(api, '/api/webchat/documents', form, headers)).json();

  assert.deepEqual((await lines()).slice(2, 4), [
    ['said', code],
    ['reply', '¡Listo! Ya estás dentro.'],
  ]);
  assert.equal((await tickets.get('other', ticketId))?.source.message, 'message-document');
  assert.ok((await lines()).some(([type]) => type === 'document'));
});

test('what is no message is refused by name, and a long one at once', async (t) => {
  const { api } = await anApi(t);
  const { said, entries } = await aVisitor(api);

  const bodies = [{}, { text: '   ' }, { text: 'a'.repeat(5_000) }, { button: { label: 'x', data: 'y'.repeat(65) } }];
  for (const body of bodies) assert.equal((await said(body)).statusCode, 400);
  assert.deepEqual(await entries(), []);
});

test('a failed document is read again at the press of a button, in whose chat it is only', async (t) => {
  const { api, tickets } = await anApi(t);
  const ana = await aVisitor(api);
  const form = aForm([{ name: 'a.png', bytes: aPicture() }], { message: 'message-document' });
  const { ticketId } = (await post(api, '/api/webchat/documents', form, ana.headers)).json();
  const at = await tickets.load(ticketId);
  assert.ok(at);
  await tickets.move(at, 'FAILED', { error: { code: 'read-timeout', message: 'slow' } });
  const retry = { button: { label: 'Intentar de nuevo', data: `cmd:retry:${ticketId}` } };

  const eve = await aVisitor(api);
  await eve.said(retry);
  assert.deepEqual((await eve.lines()).at(-1), ['reply', 'No encontré ese documento.']);
  await ana.said(retry);

  const again = await tickets.get('acme', ticketId);
  assert.deepEqual([again?.stage, again?.error], ['UPLOADED', null]);
});
