import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanFileName } from '../../src/pipeline/file-name.ts';

test('a name keeps its last part only, whatever the separator', () => {
  assert.equal(cleanFileName('../../etc/passwd'), 'passwd');
  assert.equal(cleanFileName('C:\\fotos\\recibo.jpg'), 'recibo.jpg');
});

test('a name of dots, blanks or control characters becomes a plain word', () => {
  for (const name of ['', '..', '.', '   ', '\u0000\u0007', 'a/..']) assert.equal(cleanFileName(name), 'document');
});

test('no name can leave its folder, hide a control character or be endless', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const clean = cleanFileName(name);

      assert.ok(clean.length > 0 && clean.length <= 200);
      assert.doesNotMatch(clean, /[/\\]|\p{C}|^\.+$/u);
    }),
  );
});
