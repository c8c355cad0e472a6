import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { askToScan, endWith } from '../../support/whatsapp/endings.ts';
import { aPhone } from '../../support/whatsapp/phone.ts';
import { aMessageNode, somebody } from '../../support/whatsapp/somebody.ts';
import { aLine } from './a-line.ts';

test('WhatsApp 10: somebody who writes as a lid, with or without their phone, is one person', async (t) => {
  const line = await aLine(t);
  await line.start();
  const lid = { jid: '777888999@lid', name: 'Ana' };
  const says = (id: string, from: typeof lid, attrs = {}) =>
    line.peer.bring(aMessageNode(from, id, { conversation: 'estado' }, { attrs }));

  const answered = (jid: string) => line.peer.texts.filter(({ to }) => to === jid).length;
  await says('uno', lid);
  await eventually(() => answered(lid.jid), 1);
  await says('dos', lid, { sender_pn: line.ana.jid });
  await eventually(() => answered(lid.jid), 2);
  await says('tres', lid);
  await eventually(() => answered(lid.jid), 3);
  await says('cuatro', { jid: line.ana.jid, name: 'Ana' });
  await eventually(() => answered(line.ana.jid), 1);

  assert.deepEqual(
    line.heard.map(({ sender }) => sender),
    ['777888999@lid', '5491122223333', '5491122223333', '5491122223333'],
  );
  const identity = (sender: string) => line.people.ofIdentity({ channel: 'whatsapp', account: 'main', sender });
  const [asLid, asPhone] = [await identity('777888999@lid'), await identity('5491122223333')];
  assert.ok(asLid);
  assert.equal(asLid.id, asPhone?.id);
});

test('WhatsApp 11: what is encrypted is read; what cannot be decrypted waits, is asked for again, and comes in once', async (t) => {
  const line = await aLine(t);
  const phone = await aPhone(line.peer);
  await line.start();
  const imageMessage = await line.media.put(aPicture(), 'image');
  await line.peer.bring(await phone.encrypted({ conversation: 'hola' }, 'GOOD'));
  await eventually(() => line.heard.length, 1);
  const node = await phone.encrypted({ imageMessage }, 'SEALED');
  const [enc] = Array.isArray(node.content) ? node.content : [];
  const broken = {
    ...node,
    content: [{ ...enc, tag: 'enc', attrs: { v: '2', type: 'msg' }, content: Buffer.alloc(60, 3) }],
  };

  await line.peer.bring(broken);
  await eventually(() => line.peer.receipts('SEALED').includes('retry'), true);
  const sealed = () => line.connection.collection('channel_updates').countDocuments({ lane: 'sealed', doneAt: null });
  assert.equal(await sealed(), 1);
  await line.peer.bring(node);

  await eventually(line.stages, ['UPLOADED']);
  assert.equal(await sealed(), 0);
  assert.equal(await line.kept(), 2);
});

test('WhatsApp 3, 11: what a dead process left undecrypted is asked for at the next start', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.peer.bring({
    tag: 'message',
    attrs: { from: line.ana.jid, id: 'LEFT', t: String(Math.floor(Date.now() / 1000)), type: 'text', notify: 'Ana' },
    content: [{ tag: 'enc', attrs: { v: '2', type: 'msg' }, content: Buffer.alloc(60, 3) }],
  });
  await eventually(line.kept, 1);
  await channel.stop();
  const updates = line.connection.collection('channel_updates');
  await updates.updateMany({ lane: 'sealed' }, { $set: { availableAt: new Date() } });

  await line.start();

  // The question goes to our own phone, as a message between devices of one account.
  await eventually(
    () => line.peer.sent.some(({ node, to }) => node.attrs.category === 'peer' && to.startsWith('54911500')),
    true,
  );
});

test('WhatsApp 11: decrypted is kept before the ratchet moves on and before the server hears of it', async (t) => {
  const line = await aLine(t);
  const phone = await aPhone(line.peer);
  const seen: string[] = [];
  const { sealedEntries } = line.whatsapp;
  const set: typeof sealedEntries.set = async (owner, entries) => {
    const isRatchet = [...entries.keys()].some((name) => name.startsWith('session:'));
    const readable = { lane: 'talk' };
    if (isRatchet) seen.push(`ratchet ${await line.connection.collection('channel_updates').countDocuments(readable)}`);
    return sealedEntries.set(owner, entries);
  };
  await line.start({ sealedEntries: { ...sealedEntries, set } });

  await line.peer.bring(await phone.encrypted({ conversation: 'hola' }, 'GOOD'));

  await eventually(() => line.heard.length, 1);
  assert.equal(seen[0], 'ratchet 1');
});

test('WhatsApp 12: 515 connects again at once, 503 and 428 after a pause', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await eventually(() => channel.state().status, 'receiving');

  for (const [round, code] of [515, 503, 428].entries()) {
    await endWith(line.peer, code);
    await eventually(() => line.peer.hellos.length, round + 2);
    await eventually(() => channel.state().status, 'receiving');
  }

  await line.ana.text('estado');
  await eventually(() => line.texts().length, 1);
});

for (const code of [401, 403]) {
  test(`WhatsApp 12: ${code} is told with what to do, offers a new link, and deletes nothing`, async (t) => {
    const line = await aLine(t);
    const channel = await line.start();
    await line.ana.photo(aPicture());
    await eventually(line.stages, ['UPLOADED']);
    askToScan(line.peer);

    await endWith(line.peer, code);

    await eventually(() => channel.state().link?.qr?.includes('#2@first,'), true);
    assert.equal(channel.state().status, 'logged-out');
    assert.match(channel.state().lastError ?? '', /link it again/);
    assert.deepEqual(await line.stages(), ['UPLOADED']);
    const aside = { owner: /^whatsapp:main:aside:/, name: 'creds' };
    assert.equal(await line.connection.collection('sealed_entries').countDocuments(aside), 1);
    assert.ok(line.printed.some((text) => text.includes('█')));
  });
}

for (const [code, words] of [
  [405, /too old/],
  [440, /Another program/],
] as const) {
  test(`WhatsApp 12: ${code} is told, and nobody connects again blindly`, async (t) => {
    const pauses: number[] = [];
    const line = await aLine(t, { deps: { clock: aClockThatNotes(pauses) } });
    const channel = await line.start();
    await eventually(() => channel.state().status, 'receiving');

    await endWith(line.peer, code);

    await eventually(() => words.test(channel.state().lastError ?? ''), true);
    assert.equal(channel.state().status, 'retrying');
    await eventually(() => pauses.some((ms) => ms >= 30_000 && ms <= 600_000), true);
    assert.equal(line.peer.hellos.length, 1);
  });
}

test('WhatsApp 12: of two processes one holds the line; when it stops the other takes it', async (t) => {
  const line = await aLine(t);
  const first = await line.start();
  await eventually(() => first.state().status, 'receiving');
  const second = await line.start();
  await eventually(() => second.state().status, 'retrying');
  assert.match(second.state().lastError ?? '', /another process/);
  assert.equal(line.peer.hellos.length, 1);

  await first.stop();

  await eventually(() => second.state().status, 'receiving');
  assert.equal(line.peer.hellos.length, 2);
});

test('WhatsApp 13: an open connection over which nothing comes any more is opened anew', async (t) => {
  const line = await aLine(t, { settings: { silenceMs: 1_000 } });
  const channel = await line.start();
  await eventually(() => channel.state().status, 'receiving');

  await eventually(() => line.peer.hellos.length >= 3, true);

  await line.ana.text('estado');
  await eventually(() => line.texts().length, 1);
});

test('WhatsApp 14: only who wrote first is written to', async (t) => {
  const line = await aLine(t);
  const channel = await line.start();
  await line.ana.text('estado');
  await eventually(() => line.texts().length, 1);
  const notice = { account: 'main', reply: { text: 'Aviso' } };

  await channel.tell?.({ ...notice, id: 'n1', chat: '5490000000000@s.whatsapp.net' }).catch(() => undefined);
  await channel.tell?.({ ...notice, id: 'n2', chat: line.ana.jid });
  await channel.tell?.({ ...notice, id: 'n2', chat: line.ana.jid });

  assert.deepEqual(
    line.peer.sent.map(({ to }) => to),
    [line.ana.jid, line.ana.jid],
  );
});

test('WhatsApp 14: a chat is not written to faster than somebody types', async (t) => {
  const line = await aLine(t, { parts: { pace: { chatMs: 500, groupMs: 500, overallMs: 1 } } });
  await line.start();

  for (let number = 0; number < 4; number += 1) await line.ana.text('estado');

  await eventually(() => line.peer.sent.length, 4);
  const at = line.peer.sent.map((one) => one.at);
  assert.ok((at[3] ?? 0) - (at[0] ?? 0) > 1_200);
});

test('WhatsApp 14: somebody who floods the line gets one polite answer; others are served', async (t) => {
  const line = await aLine(t);
  await line.start();
  const bob = somebody(line.peer, line.media, { jid: '5493333333333@s.whatsapp.net', name: 'Bob' });

  await Promise.all(Array.from({ length: 300 }, () => line.ana.text('estado')));
  await bob.text('estado');

  await eventually(line.done, 301);
  await eventually(() => line.peer.texts.filter(({ to }) => to === bob.jid).length, 1);
  const polite = () => line.texts().filter((text) => text.includes('demasiados mensajes')).length;
  await eventually(polite, 1);
});

function aClockThatNotes(pauses: number[]) {
  return {
    now: () => new Date(),
    sleep: (ms: number, signal?: AbortSignal) => {
      pauses.push(ms);
      return new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener(
          'abort',
          () => {
            clearTimeout(timer);
            reject(signal.reason);
          },
          { once: true },
        );
      });
    },
  };
}
