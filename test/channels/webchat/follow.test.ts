import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatEntry } from '../../../src/channels/webchat/chat-entry.ts';
import { documentEntry } from '../../../src/channels/webchat/chat-entry.ts';
import { follow, pollMs } from '../../../src/channels/webchat/follow.ts';
import { createListeners } from '../../../src/channels/webchat/listeners.ts';
import { toResult } from '../../../src/domain/result.ts';
import type { Stage } from '../../../src/domain/stage.ts';
import { aTicket } from '../../support/builders.ts';
import { manualClock } from '../../support/manual-clock.ts';

function anEntry(stage: Stage, updatedAt: string, id = 'ticket-1'): ChatEntry {
  const at = new Date(updatedAt);
  const ticket = aTicket({ id, stage, updatedAt: at, history: [{ stage, at, reason: null }] });
  return documentEntry(ticket, toResult(ticket));
}

/** A chat whose entries the test sets, followed from `cursor`. */
function aFollowedChat(cursor: string, ...entries: ChatEntry[]) {
  const clock = manualClock('2026-01-15T12:00:00Z');
  const listeners = createListeners();
  const chat = { entries };
  const asked: (Date | undefined)[] = [];
  const chatLog = {
    entries: async (_chat: string, _language: string, since?: Date) => {
      asked.push(since);
      return chat.entries.filter(({ updatedAt }) => !since || new Date(updatedAt) > since);
    },
    ticket: async () => null,
  };
  const ended = new AbortController();
  const news = follow({ chatLog, clock, wakeUp: listeners.wakeUp }, 'chat-1', 'es', cursor, ended.signal);
  const next = async () => (await news.next()).value?.entries.map(stageOf);
  return { chat, clock, listeners, asked, next, end: () => ended.abort(), news };
}

function stageOf(entry: ChatEntry): string {
  return entry.type === 'document' ? entry.result.stage : entry.type;
}

const noon = '2026-01-15T12:00:00.000Z';
const later = '2026-01-15T12:00:10.000Z';

test('what came after the cursor is told, what came well before is not', async () => {
  const { next, end } = aFollowedChat(
    noon,
    anEntry('COMPLETED', '2026-01-15T11:00:00.000Z', 'old'),
    anEntry('FAILED', later),
  );

  assert.deepEqual(await next(), ['FAILED']);
  end();
});

test('each change is told once, though the look goes back a little', async () => {
  const { chat, clock, next, end } = aFollowedChat('', anEntry('UPLOADED', noon));
  const told = [await next()];

  const second = next();
  clock.advance(pollMs.underWay);
  told.push(await second);
  chat.entries = [anEntry('OCR_PROCESSING', later)];
  const third = next();
  clock.advance(pollMs.underWay);
  told.push(await third);

  assert.deepEqual(told, [['UPLOADED'], [], ['OCR_PROCESSING']]);
  end();
});

test('a change written a little before the cursor by a slower clock is still told', async () => {
  const { chat, clock, next, end } = aFollowedChat(later, anEntry('UPLOADED', later));
  await next();

  chat.entries.push(anEntry('COMPLETED', '2026-01-15T12:00:08.000Z', 'ticket-2'));
  const second = next();
  clock.advance(pollMs.underWay);

  assert.deepEqual(await second, ['COMPLETED']);
  end();
});

test('with nothing under way the database is left alone until a wake-up', async () => {
  const { chat, clock, listeners, asked, next, end } = aFollowedChat('', anEntry('COMPLETED', noon));
  await next();
  const looks = asked.length;

  const second = next();
  clock.advance(pollMs.idle - 1);
  await new Promise(setImmediate);
  assert.equal(asked.length, looks);
  chat.entries.push(anEntry('UPLOADED', later, 'ticket-2'));
  listeners.wake('chat-1');

  assert.deepEqual(await second, ['UPLOADED']);
  end();
});

test('a wake-up while the page is being told is not missed', async () => {
  const { chat, listeners, next, end } = aFollowedChat('', anEntry('COMPLETED', noon));
  await next();

  chat.entries.push(anEntry('UPLOADED', later, 'ticket-2'));
  listeners.wake('chat-1');

  assert.deepEqual(await next(), ['UPLOADED']);
  end();
});

test('it ends when nobody listens any more', async () => {
  const { news, next, end } = aFollowedChat('', anEntry('COMPLETED', noon));
  await next();
  const last = news.next();

  end();

  assert.deepEqual(await last, { done: true, value: undefined });
});
