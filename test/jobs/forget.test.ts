import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetOnce } from '../../src/jobs/forget.ts';
import { aConversation, aSaid } from '../support/conversation.ts';
import { quiet } from '../support/store.ts';

const dayMs = 86_400_000;

test('what is kept for a while is forgotten after three days, people and documents are not', async (t) => {
  const { conversation, conversations, allowances, linkCodes, connection, clock } = await aConversation(t, {
    openCompanyId: 'default',
  });
  await conversation.handle(aSaid('ayuda'));
  await linkCodes.make({ companyId: 'acme', roles: ['member'], personId: null });
  const forget = () => forgetOnce({ forgetful: [conversations, allowances, linkCodes], clock, log: quiet });
  const names = ['conversations', 'conversation_replies', 'allowances', 'link_codes', 'people'];
  const counts = () => Promise.all(names.map((name) => connection.collection(name).countDocuments()));

  clock.advance(2 * dayMs);
  await forget();
  assert.deepEqual(await counts(), [1, 1, 1, 1, 1]);
  clock.advance(2 * dayMs);
  await forget();

  assert.deepEqual(await counts(), [0, 0, 0, 0, 1]);
});
