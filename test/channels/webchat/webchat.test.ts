import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { createApi } from '../../../src/api/api.ts';
import { createWebChat } from '../../../src/channels/webchat/webchat.ts';
import { toResult } from '../../../src/domain/result.ts';
import { describeFailure } from '../../../src/notifier/describe.ts';
import { writePdf } from '../../pipeline/read/written-pdf.ts';
import { aForm, anApi, post } from '../../support/api.ts';
import { aPicture } from '../../support/builders.ts';
import { quiet } from '../../support/store.ts';

const documents = '/api/webchat/documents';
const messages = '/api/webchat/messages';

function cookieOf(response: LightMyRequestResponse): { cookie: string } {
  const [set] = response.cookies;
  return { cookie: `${set?.name}=${set?.value}` };
}

function aMessage(message = 'message-1', bytes = aPicture(), name = 'recibo.png') {
  return aForm([{ name, bytes }], { message });
}

test('a newcomer gets an empty chat and a cookie that scripts and other sites cannot use', async (t) => {
  const { api } = await anApi(t);

  const response = await api.inject(messages);

  const [cookie] = response.cookies;
  assert.deepEqual(response.json(), { entries: [], cursor: '' });
  assert.match(cookie?.value ?? '', /^[\w-]{32}$/);
  assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, 'Strict', '/api/webchat']);
});

test('what opens a chat is not what names it in the database', async (t) => {
  const { api, tickets } = await anApi(t);

  const response = await post(api, documents, aMessage());

  const ticket = await tickets.get('acme', response.json().ticketId);
  assert.match(ticket?.source.chat ?? '', /^[0-9a-f]{40}$/);
  assert.ok(!cookieOf(response).cookie.includes(ticket?.source.chat ?? ''));
});

test('a document is taken in and stands in the history of its chat', async (t) => {
  const { api } = await anApi(t);

  const posted = await post(api, documents, aMessage());

  const { ticketId } = posted.json();
  assert.equal(posted.statusCode, 202);
  const { entries, cursor } = (await api.inject({ url: messages, headers: cookieOf(posted) })).json();
  const [entry] = entries;
  assert.deepEqual(
    [entry.type, entry.id, entry.message, entry.file.name, entry.result.stage, entry.isFinal],
    ['document', ticketId, 'message-1', 'recibo.png', 'UPLOADED', false],
  );
  assert.equal(cursor, entry.updatedAt);
});

test('a browser that repeats a message after a lost connection makes no second ticket', async (t) => {
  const { api, tickets } = await anApi(t);
  const form = aMessage();
  const first = await post(api, documents, form);

  const second = await post(api, documents, form, cookieOf(first));

  assert.equal(second.json().ticketId, first.json().ticketId);
  assert.equal((await tickets.latest('acme', { limit: 10 })).length, 1);
});

test('the same picture in another message is a duplicate', async (t) => {
  const { api, tickets } = await anApi(t);
  const bytes = aPicture();
  const first = await post(api, documents, aMessage('message-1', bytes));

  const second = await post(api, documents, aMessage('message-2', bytes), cookieOf(first));

  const copy = await tickets.get('acme', second.json().ticketId);
  assert.equal(copy?.duplicateOf, first.json().ticketId);
});

test('nobody sees or opens a document of another chat', async (t) => {
  const { api } = await anApi(t);
  const mine = await post(api, documents, aMessage());
  const theirs = cookieOf(await api.inject(messages));
  const { ticketId } = mine.json();

  const history = await api.inject({ url: messages, headers: theirs });
  const file = await api.inject({ url: `/api/webchat/tickets/${ticketId}/file`, headers: theirs });
  const anonymous = await api.inject(`/api/webchat/tickets/${ticketId}/file`);

  assert.deepEqual(history.json().entries, []);
  assert.deepEqual([file.statusCode, anonymous.statusCode], [404, 404]);
});

test('one’s own file comes back', async (t) => {
  const { api } = await anApi(t);
  const bytes = aPicture();
  const posted = await post(api, documents, aMessage('message-1', bytes));

  const file = await api.inject({
    url: `/api/webchat/tickets/${posted.json().ticketId}/file`,
    headers: cookieOf(posted),
  });

  assert.deepEqual(file.rawPayload, Buffer.from(bytes));
});

test('a refused file is told in the chat, once however often it is sent, in the language of who asks', async (t) => {
  const { api } = await anApi(t);
  const form = aMessage('message-1', Buffer.alloc(0), 'vacío.png');
  const first = await post(api, documents, form);
  await post(api, documents, form, cookieOf(first));

  const es = await api.inject({ url: `${messages}?lang=es`, headers: cookieOf(first) });
  const en = await api.inject({ url: `${messages}?lang=en`, headers: cookieOf(first) });

  assert.equal(first.statusCode, 202);
  assert.deepEqual(first.json().ticketId, null);
  const [entry, ...more] = es.json().entries;
  assert.deepEqual(more, []);
  assert.deepEqual([entry.type, entry.code, entry.fileName], ['refusal', 'empty-file', 'vacío.png']);
  assert.equal(entry.text, describeFailure('empty-file', 'es'));
  assert.equal(en.json().entries[0].text, describeFailure('empty-file', 'en'));
});

test('one refused file of a message does not keep the others', async (t) => {
  const { api } = await anApi(t);
  const files = [
    { name: 'nota.jpg', bytes: Buffer.from('un texto') },
    { name: 'bien.png', bytes: aPicture() },
  ];

  const response = await post(api, documents, aForm(files, { message: 'message-1' }));

  const [refused, kept] = response.json().documents;
  assert.equal(refused.error.code, 'unsupported-type');
  assert.equal(kept.ticketId, response.json().ticketId);
});

test('an answer sent twice is shown once, with what it says', async (t) => {
  const { api, webChat, tickets } = await anApi(t);
  const posted = await post(api, documents, aMessage());
  const ticket = await tickets.get('acme', posted.json().ticketId);
  assert.ok(ticket);
  const { source, language } = ticket;
  const result = { ...toResult(ticket), kind: 'receipt' as const };
  const answer = { id: `${ticket.id}:4`, ticketId: ticket.id, source, language, text: 'Total: $1', result };

  await webChat.send(answer);
  await webChat.send(answer);

  const { entries } = (await api.inject({ url: messages, headers: cookieOf(posted) })).json();
  const answers = entries.filter(({ type }: { type: string }) => type === 'answer');
  assert.equal(answers.length, 1);
  assert.deepEqual([answers[0].text, answers[0].result.kind], ['Total: $1', 'receipt']);
});

test('a chat survives the restart of the service', async (t) => {
  const { api, operations, ...rest } = await anApi(t);
  const posted = await post(api, documents, aMessage());
  await api.close();
  const deps = { ...rest, ...operations, companyId: 'acme', language: 'es', describeFailure, log: quiet } as const;
  const again = await createApi({
    ...deps,
    config: { allowedHosts: [] },
    health: async () => ({ status: 'ready', components: {} }),
    pageDir: '/nowhere',
    channelRoutes: [createWebChat(deps).routes],
  });
  t.after(() => again.close());

  const { entries } = (await again.inject({ url: messages, headers: cookieOf(posted) })).json();

  assert.equal(entries[0].id, posted.json().ticketId);
});

test('a message without id, with a strange one, or without a file is refused by name', async (t) => {
  const { api, tickets } = await anApi(t);
  const file = [{ name: 'a.png', bytes: aPicture() }];

  const responses = [
    await post(api, documents, aForm(file)),
    await post(api, documents, aForm(file, { message: '../../x' })),
    await post(api, documents, aForm([], { message: 'message-1' })),
  ];

  assert.deepEqual(
    responses.map((response) => [response.statusCode, response.json().error.fields]),
    [
      [400, ['message']],
      [400, ['message']],
      [400, undefined],
    ],
  );
  assert.deepEqual(await tickets.latest('acme', { limit: 1 }), []);
});

test('a chat that sends without end is slowed down', async (t) => {
  const { api } = await anApi(t);
  const headers = cookieOf(await api.inject(messages));
  const empty = aForm([], { message: 'message-1' });
  const statuses = new Set<number>();

  for (let sent = 0; sent < 121; sent += 1) statuses.add((await post(api, documents, empty, headers)).statusCode);

  assert.deepEqual([...statuses], [400, 429]);
});

test('behind a TLS proxy on this machine the cookie is for https only', async (t) => {
  const { api } = await anApi(t);

  const secure = await api.inject({ url: messages, headers: { 'x-forwarded-proto': 'https' } });
  const plain = await api.inject(messages);

  assert.deepEqual([secure.cookies[0]?.secure, plain.cookies[0]?.secure], [true, undefined]);
});

test('what browsers cannot show is drawn, for its own chat only', async (t) => {
  const { api } = await anApi(t);
  const pdf = writePdf([{ lines: ['FERRETERIA EL TORNILLO', 'TOTAL 492.40'] }]);
  const posted = await post(api, documents, aMessage('message-1', pdf, 'factura.pdf'));
  const url = `/api/webchat/tickets/${posted.json().ticketId}/preview`;

  const own = await api.inject({ url, headers: cookieOf(posted) });
  const other = await api.inject({ url });

  assert.deepEqual([own.statusCode, own.headers['content-type'], other.statusCode], [200, 'image/jpeg', 404]);
  assert.deepEqual([...own.rawPayload.subarray(0, 3)], [0xff, 0xd8, 0xff]);
});
