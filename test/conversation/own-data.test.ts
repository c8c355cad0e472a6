import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { Connection } from 'mongoose';
import { sha256Of } from '../../src/store/files.ts';
import { aPicture, aTicket } from '../support/builders.ts';
import { aLinkedPerson, aSaid, fieldsOf } from '../support/conversation.ts';

const sender = '7700112233';
const name = 'Ana Lucrecia Zamudio';
const secretFolio = 'FOLIO-9-QX';

/** A person with traces in every corner: documents, readings, cards, words, codes, and what channels keep. */
async function aPersonWithTraces(t: Parameters<typeof aLinkedPerson>[0]) {
  const world = await aLinkedPerson(t, { role: 'member', sender });
  const { tickets, files, readings, connection, people, person, conversation } = world;
  await connection.collection('people').updateOne({}, { $set: { name } });
  const [bytes, shared] = [aPicture(), aPicture()];
  const place = { channel: 'telegram', account: 'bot', chat: sender };
  const document = async (message: string, content: Uint8Array, changes = {}) => {
    const sha256 = sha256Of(content);
    await files.put(content, { sha256, mime: 'image/png' });
    const source = { ...place, message, attachment: 0 };
    const file = { sha256, name: `${name}.png`, mime: 'image/png', sizeBytes: content.length };
    const ticket = aTicket({
      ...{ id: sha256Of(Buffer.from(message)).slice(0, 32), companyId: 'acme', source, file, metadata: { sender } },
      ...{ kind: 'receipt', stage: 'COMPLETED', fields: fieldsOf({ folio: secretFolio, total: '10.00' }) },
      ...changes,
    });
    await tickets.create(ticket);
    const quad = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const;
    const line = { text: secretFolio, confidence: 1, quad, row: 0, words: [] };
    const page = { number: 1, width: 1, height: 1, angle: 0, lines: [line] };
    // The test's own shape: one line on one page.
    await readings.save(ticket.id, {
      provider: 'paddle',
      profile: 'balanced',
      confidence: 1,
      ms: 1,
      pages: [page],
    } as never);
    return ticket;
  };
  const own = await document('m1', bytes);
  const first = await document('m2', shared);
  const say = (text: string, changes = {}) => conversation.handle(aSaid(text, { chat: sender, sender, ...changes }));
  await say('ayuda');
  await say('vincular');
  await say('idioma', { canPress: false });
  await people.addIdentity('acme', person.id, { channel: 'whatsapp', account: 'num', sender: '5215559876' });
  const update = { ...place, sender, updateId: 1, payload: { message: { from: { first_name: name } } } };
  await connection.collection('channel_updates').insertOne(update);
  await connection
    .collection('chat_cards')
    .insertOne({ ...place, items: [{ ticketId: own.id, answer: { text: secretFolio } }] });
  await connection.collection('outgoing').insertOne({ ...place, what: { text: name } });
  await connection
    .collection('mailbox_links')
    .insertOne({ owner: { channel: 'telegram', account: 'bot', sender }, place });
  const activity = connection.collection<{ _id: string }>('chat_activity');
  await connection.collection<{ _id: string }>('previews').insertOne({ _id: own.file.sha256 });
  const member = { ticketId: own.id, merchant: null, folio: secretFolio, picture: null };
  await connection.collection('seen_documents').insertOne({ members: [member] });
  const address = '5215559876@s.whatsapp.net';
  await activity.insertOne({ _id: JSON.stringify(['whatsapp', address]) });
  const addresses = connection.collection<{ _id: string; value: string }>('chat_addresses');
  await addresses.insertOne({ _id: `whatsapp:num:chat:${address}`, value: address });
  await addresses.insertOne({ _id: 'whatsapp:num:lid:99@lid', value: address });
  await connection.collection('chat_outbox').insertOne({ channel: 'whatsapp', account: 'num', chat: address });
  return { ...world, say, own, first, document, bytes, shared };
}

/** Every document of every collection that names one of the words, bytes included. */
async function leftovers(connection: Connection, words: readonly (string | Buffer)[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name: collection } of await connection.listCollections()) {
    for (const document of await connection.collection(collection).find().toArray()) {
      const text = JSON.stringify(document, (_, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      );
      const isNamed = words.some((word) =>
        text.includes(typeof word === 'string' ? word : word.toString('base64').slice(0, 40)),
      );
      if (isNamed) found.push(`${collection} ${String(document['_id'])}`);
    }
  }
  return found;
}

test('one’s own data come as a ZIP with a JSON and the files as they were sent', async (t) => {
  const { say, bytes, own } = await aPersonWithTraces(t);

  const [reply] = await say('/mis-datos');

  assert.match(reply?.text ?? '', /tus 2 documentos/);
  const files = unzipSync(reply?.file?.bytes ?? new Uint8Array());
  const about = JSON.parse(strFromU8(files['datos.json'] ?? new Uint8Array()));
  assert.equal(about.person.name, name);
  assert.equal(about.documents.length, 2);
  const document = about.documents.find(({ id }: { id: string }) => id === own.id);
  assert.deepEqual([document.text, document.fields.folio.value], [secretFolio, secretFolio]);
  assert.deepEqual(new Uint8Array(files[document.packedAs] ?? []), new Uint8Array(bytes));
});

test('what is erased, after two confirmations, leaves nothing in the whole database', async (t) => {
  const { say, conversation, connection, own, first } = await aPersonWithTraces(t);
  const press = () =>
    conversation.handle(aSaid('', { chat: sender, sender, what: { kind: 'button', data: 'own:erase' } }));
  const words = [sender, '5215559876', name, secretFolio, own.file.sha256, own.id, first.id];
  assert.ok((await leftovers(connection, words)).length >= 10);

  const [asked] = await say('/borrar');
  const [surely] = await press();
  const [done] = await press();

  assert.match(asked?.text ?? '', /por ley[\s\S]*\/misdatos[\s\S]*¿Lo borro\?/);
  assert.match(surely?.text ?? '', /¿seguro\?/);
  assert.match(done?.text ?? '', /borré tus datos y tus 2 documentos/);
  assert.deepEqual(await leftovers(connection, words), []);
  assert.match((await say('estado'))[0]?.text ?? '', /código de acceso/);
});

test('who does not confirm twice, or cancels, keeps everything', async (t) => {
  const { say, press, tickets } = await aPersonWithTraces(t);

  await press('own:erase');
  await say('/borrar');
  await say('/cancelar');
  const [late] = await press('own:erase');

  assert.match(late?.text ?? '', /ya no vale/);
  assert.equal((await tickets.latest('acme', { limit: 10 })).length, 2);
});

test('another’s duplicate of the same file survives, with what was read on the first', async (t) => {
  const { say, press, document, first, shared, tickets, files, readings } = await aPersonWithTraces(t);
  const elsewhere = { channel: 'telegram', account: 'bot', chat: 'berta', message: 'm9', attachment: 0 };
  const copy = await document('m9', shared, {
    ...{ source: elsewhere, metadata: {}, stage: 'DUPLICATE', duplicateOf: first.id, fields: {} },
    file: { ...first.file, name: 'suyo.png' },
  });
  await say('/borrar');
  await press('own:erase');

  await press('own:erase');

  const heir = await tickets.get('acme', copy.id);
  assert.deepEqual([heir?.stage, heir?.duplicateOf, heir?.fields.folio?.value], ['COMPLETED', null, secretFolio]);
  assert.equal((await tickets.ofContent('acme', first.file.sha256))?.ticket.id, copy.id);
  assert.deepEqual(new Uint8Array(await files.get(first.file.sha256)), new Uint8Array(shared));
  assert.ok(await readings.get(copy.id));
  assert.equal(await tickets.get('acme', first.id), null);
});

test('an electronic invoice stays with the company, and nobody can tell whose it was', async (t) => {
  const { say, press, document, connection, tickets } = await aPersonWithTraces(t);
  const invoice = await document('m3', aPicture(), { kind: 'e_invoice' });
  await say('/borrar');
  await press('own:erase');

  const [done] = await press('own:erase');

  assert.match(done?.text ?? '', /Una factura electrónica se queda con la empresa/);
  const kept = await tickets.get('acme', invoice.id);
  assert.equal(kept?.fields.folio?.value, secretFolio);
  assert.deepEqual(await leftovers(connection, [sender, name]), []);
});
