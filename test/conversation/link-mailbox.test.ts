import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaveMailboxes, linkMailbox, type MailLinks, mailboxEffect } from '../../src/conversation/link-mailbox.ts';
import type { Person } from '../../src/domain/person.ts';
import { aLinkedPerson, aSaid } from '../support/conversation.ts';

test('/vincular gmail links a mailbox, with “quitar” it is left; a code is still a code', () => {
  assert.deepEqual(mailboxEffect('gmail'), { do: 'link-mailbox' });
  assert.deepEqual(mailboxEffect('Correo'), { do: 'link-mailbox' });
  assert.deepEqual(mailboxEffect('gmail quitar'), { do: 'leave-mailboxes' });
  assert.deepEqual(mailboxEffect('gmail remove'), { do: 'leave-mailboxes' });
  assert.equal(mailboxEffect('ABCD-EFGH'), null);
  assert.equal(mailboxEffect('gmailer'), null);
});

test('without an OAuth client the person is told who has to set it up', async (t) => {
  const { say } = await aLinkedPerson(t);

  assert.match((await say('/vincular gmail'))[0]?.text ?? '', /tiene que configurarlo/);
  assert.match((await say('/vincular gmail quitar'))[0]?.text ?? '', /tiene que configurarlo/);
});

const person = {
  companyId: 'acme',
  identities: [{ channel: 'telegram', account: 'bot', sender: 'ana' }],
} as unknown as Person; // the parts that are looked at

test('the link is for the person and the chat that asked', async () => {
  const invited: unknown[] = [];
  const mailLinks: MailLinks = {
    invite: async (companyId, who, language) => `${invited.push([companyId, who.chat, who.sender, language])}`,
    leave: async (identities) => identities.map(({ sender }) => sender).join(),
  };
  const asker = { person, language: 'en', said: aSaid('/link gmail') } as const;

  await linkMailbox({ mailLinks }, asker);

  assert.deepEqual(invited, [['acme', 'ana', 'ana', 'en']]);
  assert.deepEqual(await leaveMailboxes({ mailLinks }, asker), [{ text: 'ana' }]);
});

test('Google being away is told, and is no error', async () => {
  const away = async (): Promise<never> => {
    throw new Error('away');
  };

  const replies = await linkMailbox(
    { mailLinks: { invite: away, leave: away } },
    { person, language: 'pt', said: aSaid('x') },
  );

  assert.match(replies[0]?.text ?? '', /não consigo falar com o Google/);
});
