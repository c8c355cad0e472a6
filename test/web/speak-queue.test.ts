import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChatAction, chatReducer, emptyChat, type Speaking } from '../../web/src/chat/chat-state.ts';
import { partsOf } from '../../web/src/chat/command-parts.ts';
import { createSpeakQueue } from '../../web/src/chat/speak-queue.ts';
import { timeline } from '../../web/src/chat/timeline.ts';
import type { SaidOutcome } from '../../web/src/net/api.ts';
import { eventually } from '../support/eventually.ts';

function aSpeaking(message: string): Speaking {
  return { message, shown: message, state: 'waiting', reason: '', at: '2026-01-15' };
}

/** A queue whose posts end when and how the test says. */
function aQueue() {
  const posted: { message: string; end(outcome: SaidOutcome): void }[] = [];
  const actions: ChatAction[] = [];
  const languages: string[] = [];
  const queue = createSpeakQueue({
    dispatch: (action) => actions.push(action),
    post: (message) => new Promise((end) => posted.push({ message, end })),
    onLanguage: (language) => languages.push(language),
  });
  const say = (message: string) => queue.add(message, { text: message }, 'es', aSpeaking(message));
  const messages = () => posted.map(({ message }) => message);
  const states = () => actions.flatMap((action) => (action.type === 'spoken' ? [action.change.state] : []));
  return { queue, say, posted, messages, states, languages };
}

test('words leave one after the other, in the order in which they were said, once the chat is there', async () => {
  const { queue, say, posted, messages } = aQueue();
  say('uno');
  say('dos');
  assert.deepEqual(messages(), []);

  queue.connected();
  assert.deepEqual(messages(), ['uno']);
  posted[0]?.end({ kind: 'kept', language: 'es' });

  await eventually(messages, ['uno', 'dos']);
  queue.close();
});

test('what got no answer is said again under the same id, and what is refused is not', async () => {
  const { queue, say, posted, messages, states } = aQueue();
  queue.connected();
  say('uno');
  posted[0]?.end({ kind: 'again' });
  await eventually(() => states().at(-1), 'again');

  queue.connected();
  assert.deepEqual(messages(), ['uno', 'uno']);
  posted[1]?.end({ kind: 'refused', message: 'no' });

  await eventually(() => states().at(-1), 'refused');
  queue.connected();
  assert.equal(messages().length, 2);
  queue.close();
});

test('the page follows when a word or a button changed the language', async () => {
  const { queue, say, posted, languages } = aQueue();
  queue.connected();
  say('idioma pt');

  posted[0]?.end({ kind: 'kept', language: 'pt' });

  await eventually(() => languages, ['pt']);
  queue.close();
});

test('words stand at the end of the chat until the server has them, then where they were said', () => {
  const spoken = chatReducer(emptyChat, { type: 'speaking', speaking: aSpeaking('m1') });
  assert.deepEqual(
    timeline(spoken).map(({ kind }) => kind),
    ['speaking'],
  );

  const at = '2026-01-15T12:00:00.000Z';
  const heard = chatReducer(spoken, {
    type: 'heard',
    entries: [
      { type: 'reply', id: 'r', text: 'Hola', buttons: [], file: null, updatedAt: '2026-01-15T12:00:01.000Z' },
      { type: 'said', id: 's', message: 'm1', text: 'hola', updatedAt: at },
    ],
  });

  assert.deepEqual(
    timeline(heard).map(({ kind }) => kind),
    ['said', 'reply'],
  );
});

test('commands in a text can be clicked; dates, paths and addresses are text', () => {
  const commands = (text: string) => partsOf(text).flatMap(({ text: part, isCommand }) => (isCommand ? [part] : []));

  assert.deepEqual(commands('Usa /exportar o escribe /mis-datos.'), ['/exportar', '/mis-datos']);
  assert.deepEqual(commands('19/03/2026, https://x.mx/ayuda, a/b y /A'), []);
  assert.equal(
    partsOf('a /b c')
      .map(({ text }) => text)
      .join(''),
    'a /b c',
  );
});
