import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commandWords, parseCommand } from '../../src/conversation/command.ts';

test('every command is understood by each of its words, with and without slash, in any case, and with the bot’s name', () => {
  for (const [name, words] of Object.entries(commandWords)) {
    for (const word of words) {
      for (const text of [word, `/${word}`, word.toUpperCase(), `/${word}@Recibot_Bot`, `  ${word}  `]) {
        assert.equal(parseCommand(text)?.name, name, text);
      }
    }
  }
});

test('accents do not count', () => {
  assert.equal(parseCommand('menú')?.name, 'help');
  assert.equal(parseCommand('/CORREGÍR')?.name, 'fix');
});

test('what follows the word is its argument', () => {
  assert.deepEqual(parseCommand('/gastos@Bot  2026-03 '), { name: 'expenses', rest: '2026-03', hasSlash: true });
  assert.deepEqual(parseCommand('gastos marzo'), { name: 'expenses', rest: 'marzo', hasSlash: false });
});

test('a sentence that begins with a command’s word is no command unless it has the slash', () => {
  assert.equal(parseCommand('datos de mi empresa que cambiaron ayer'), null);
  assert.equal(parseCommand('/datos de mi empresa que cambiaron')?.name, 'data');
});

test('characters that cannot be seen do not hide a command', () => {
  assert.equal(parseCommand('\u200b/ayu\u200dda\u202e')?.name, 'help');
});

test('no text makes the parser throw, and its answer is a command or null', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const command = parseCommand(text);
      assert.ok(command === null || command.name in commandWords);
    }),
  );
});

test('a command keeps its meaning whatever argument follows', () => {
  const words = Object.entries(commandWords).flatMap(([name, all]) => all.map((word) => ({ name, word })));
  fc.assert(
    fc.property(fc.constantFrom(...words), fc.stringMatching(/^[a-z0-9 ]{0,30}$/), ({ name, word }, rest) => {
      assert.equal(parseCommand(`/${word} ${rest}`)?.name, name);
    }),
  );
});
