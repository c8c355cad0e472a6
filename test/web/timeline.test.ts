import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AnswerEntry,
  type ChatEntry,
  documentEntry,
  type RefusalEntry,
} from '../../src/channels/webchat/chat-entry.ts';
import { toResult } from '../../src/domain/result.ts';
import { type ChatState, chatReducer, emptyChat, type Outgoing } from '../../web/src/chat/chat-state.ts';
import { timeline } from '../../web/src/chat/timeline.ts';
import { aTicket } from '../support/builders.ts';

function aDocument(id: string, minute: number, message = `message-${id}`) {
  const at = new Date(Date.UTC(2026, 0, 15, 12, minute));
  const source = { channel: 'webchat', account: 'web', chat: 'chat-1', message, attachment: 0 };
  const ticket = aTicket({ id, source, createdAt: at, updatedAt: at });
  return documentEntry(ticket, toResult(ticket));
}

function anAnswer(id: string, ticketId: string, updatedAt: string): AnswerEntry {
  return { type: 'answer', id, ticketId, text: id, result: null, updatedAt };
}

function anOutgoing(message: string): Outgoing {
  const file = new File(['x'], 'a.jpg', { type: 'image/jpeg' });
  return { message, file, previewUrl: `blob:${message}`, percent: 0, state: 'waiting', reason: '', at: '2001-01-01' };
}

function heard(state: ChatState, ...entries: ChatEntry[]): ChatState {
  return chatReducer(state, { type: 'heard', entries });
}

test('documents stand in the order in which they were sent, whatever order they are heard in', () => {
  const state = heard(emptyChat, aDocument('c', 3), aDocument('a', 1), aDocument('b', 2));

  assert.deepEqual(
    timeline(state).map(({ id }) => id),
    ['a', 'b', 'c'],
  );
});

test('what is on its way stands last, even when this machine’s clock is years behind', () => {
  const state = chatReducer(heard(emptyChat, aDocument('a', 1)), { type: 'outgoing', outgoing: anOutgoing('m2') });

  assert.deepEqual(
    timeline(state).map(({ kind }) => kind),
    ['document', 'outgoing'],
  );
});

test('a sent file becomes its document when the server has it, and keeps its preview', () => {
  const sent = chatReducer(emptyChat, { type: 'outgoing', outgoing: anOutgoing('message-a') });

  const [item, ...more] = timeline(heard(sent, aDocument('a', 1)));

  assert.deepEqual(more, []);
  assert.equal(item?.kind === 'document' && item.previewUrl, 'blob:message-a');
});

test('a refused file becomes its refusal', () => {
  const sent = chatReducer(emptyChat, { type: 'outgoing', outgoing: anOutgoing('message-a') });
  const rest = { message: 'message-a', attachment: 0, fileName: 'a.jpg', code: 'empty-file', text: 'vacío' };
  const refusal: RefusalEntry = { type: 'refusal', id: 'r', ...rest, updatedAt: '2026-01-15T12:00:00.000Z' };

  assert.deepEqual(
    timeline(heard(sent, refusal)).map(({ kind }) => kind),
    ['refusal'],
  );
});

test('the newest answer of a ticket counts, and hearing one twice changes nothing', () => {
  const older = anAnswer('first', 'a', '2026-01-15T12:01:00.000Z');
  const newer = anAnswer('second', 'a', '2026-01-15T12:02:00.000Z');
  const state = heard(heard(emptyChat, aDocument('a', 1), newer), older, newer);

  const [item, ...more] = timeline(state);

  assert.deepEqual(more, []);
  assert.equal(item?.kind === 'document' && item.answer?.id, 'second');
});
