import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outgoingOf } from '../../web/src/chat/outgoing.ts';

function aFile(sizeBytes: number, type = 'image/jpeg'): File {
  const file = new File(['x'], 'a.jpg', { type });
  Object.defineProperty(file, 'size', { value: sizeBytes });
  return file;
}

test('every file is a message of its own, with an id that the server takes', () => {
  const [first, second] = [outgoingOf(aFile(10), ''), outgoingOf(aFile(10), '')];

  assert.match(first.message, /^[\w-]{8,64}$/);
  assert.notEqual(first.message, second.message);
  assert.equal(first.state, 'waiting');
});

test('a picture is shown at once, what a browser cannot draw is not', () => {
  assert.match(outgoingOf(aFile(10), '').previewUrl ?? '', /^blob:/);
  assert.equal(outgoingOf(aFile(10, 'image/heic'), '').previewUrl, null);
});

test('a file larger than any request may be is refused without sending it', () => {
  const limit = 100 * 1024 * 1024;

  assert.equal(outgoingOf(aFile(limit), 'grande').state, 'waiting');
  assert.deepEqual(
    [outgoingOf(aFile(limit + 1), 'grande')].map(({ state, reason }) => [state, reason]),
    [['refused', 'grande']],
  );
});
