import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { createSealedEntries } from '../../src/store/sealed-entries.ts';
import { aStore } from '../support/store.ts';

test('entries come back as they were kept, only to their owner and under their name; put aside they still open', async (t) => {
  const { connection } = await aStore(t);
  const entries = await createSealedEntries(connection, createSecrets(Buffer.alloc(32, 3).toString('base64url')));
  await entries.set(
    'bot',
    new Map([
      ['one', 'uno'],
      ['two', 'dos'],
    ]),
  );
  await entries.setFirst('bot', 'one', 'another');
  await entries.set('bot', new Map([['two', null]]));

  const found = await entries.get('bot', ['one', 'two']);
  await entries.moveAway('bot', 'bot:aside');
  const aside = await entries.get('bot:aside', ['one']);

  assert.deepEqual(
    [...found].map(([name, bytes]) => [name, bytes.toString()]),
    [['one', 'uno']],
  );
  assert.equal(await entries.count('bot'), 0);
  assert.equal(aside.get('one')?.toString(), 'uno');
});

test('an entry that was moved under another name, or sealed with another key, does not open', async (t) => {
  const { connection } = await aStore(t);
  const entries = await createSealedEntries(connection, createSecrets(Buffer.alloc(32, 3).toString('base64url')));
  await entries.set(
    'bot',
    new Map([
      ['one', 'uno'],
      ['two', 'dos'],
    ]),
  );
  const collection = connection.collection<{ _id: string }>('sealed_entries');
  const two = await collection.findOne({ _id: 'bot|two' });

  await collection.updateOne({ _id: 'bot|one' }, { $set: { sealed: two && 'sealed' in two ? two.sealed : null } });

  await assert.rejects(entries.get('bot', ['one']), { code: 'secret-unreadable' });
});
