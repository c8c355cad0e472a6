import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aForm, anApi } from '../../support/api.ts';
import { aPicture } from '../../support/builders.ts';

interface Heard {
  id: string;
  type: string;
}

/** Reads server-sent events until `count` of them have come. */
async function hear(response: Response, count: number): Promise<Heard[]> {
  const heard: Heard[] = [];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      if (data) heard.push({ id: /^id: (.*)$/m.exec(frame)?.[1] ?? '', type: JSON.parse(data).type });
    }
    if (heard.length >= count) break;
  }
  return heard;
}

async function aListeningChat(t: Parameters<typeof anApi>[0]) {
  const { api, ...rest } = await anApi(t);
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  const { headers } = await fetch(`${address}/api/webchat/messages`);
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const send = async (message: string) => {
    const form = aForm([{ name: 'a.png', bytes: aPicture() }], { message });
    return fetch(`${address}/api/webchat/documents`, {
      method: 'POST',
      body: form.payload,
      headers: { ...form.headers, cookie },
    });
  };
  const listen = (headersToo: Record<string, string> = {}) =>
    fetch(`${address}/api/webchat/events`, { headers: { cookie, ...headersToo } });
  return { api, ...rest, address, send, listen };
}

test('a listening page hears of a document as soon as it is sent', async (t) => {
  const { send, listen } = await aListeningChat(t);
  const stream = await listen();

  await send('message-1');

  assert.equal(stream.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  assert.deepEqual(
    (await hear(stream, 1)).map(({ type }) => type),
    ['document'],
  );
});

test('a page that comes back is told again at most what was just before, and all that is newer', async (t) => {
  const { send, listen, clock } = await aListeningChat(t);
  for (const message of ['message-1', 'message-2']) {
    await send(message);
    clock.advance(60_000);
  }
  const [old, last] = await hear(await listen(), 2);
  await send('message-3');

  const again = await hear(await listen({ 'last-event-id': last?.id ?? '' }), 2);

  assert.equal(again[0]?.id, last?.id);
  assert.ok(!again.some(({ id }) => id === old?.id || id === ''));
  assert.notEqual(again[1]?.id, last?.id);
});

test('without a chat there is nothing to listen to', async (t) => {
  const { address } = await aListeningChat(t);

  const response = await fetch(`${address}/api/webchat/events`);

  assert.equal(response.status, 404);
});

test('closing the service ends open streams', async (t) => {
  const { api, listen } = await aListeningChat(t);
  const stream = await listen();

  await api.close();

  assert.match(await stream.text(), /^retry: \d+/);
});
