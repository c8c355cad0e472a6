import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentDisposition } from '../../src/http/send-file.ts';

test('a name with quotes, line ends and other letters cannot leave its header', () => {
  const header = contentDisposition('attachment', 'año "1"\r\nSet-Cookie: x=1.jpg');

  assert.doesNotMatch(header, /[\r\n]|año|"1"/);
  assert.equal(header.split('"').length, 3);
  assert.match(header, /filename\*=UTF-8''a%C3%B1o%20%221%22%0D%0ASet-Cookie%3A%20x%3D1\.jpg$/);
});
