import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Failure } from '../../../src/domain/failure.ts';
import { parseXml } from '../../../src/pipeline/einvoice/xml/parse-xml.ts';
import { attribute, firstAt, textOf } from '../../../src/pipeline/einvoice/xml/xml-element.ts';

const parse = (text: string) => parseXml(Buffer.from(text));
const asksFor = (code: string) => (error: unknown) =>
  error instanceof Failure && error.code === code && error.recovery === 'ask';

test('elements keep name, namespace, attributes and text, CDATA and escaped text alike', () => {
  const root = parse('<a:r xmlns:a="urn:a" b="1&amp;2"><c>x &lt; y</c><c><![CDATA[<z/>]]></c></a:r>');

  assert.deepEqual([root.name, root.qualifiedName, root.namespace], ['r', 'a:r', 'urn:a']);
  assert.equal(attribute(root, 'b'), '1&2');
  assert.equal(textOf(root), 'x < y<z/>');
});

test('a prefix is resolved where it was declared, and one that never was has no namespace', () => {
  const root = parse('<r xmlns="urn:d"><x:a xmlns:x="urn:x"><x:b/></x:a><x:c/></r>');

  assert.equal(firstAt(root, 'a', 'b')?.namespace, 'urn:x');
  assert.equal(firstAt(root, 'c')?.namespace, null);
});

test('each encoding of the field is read', () => {
  const say = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><r n="Ñandú"/>`;
  const files = [
    Buffer.from(say('UTF-8')),
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(say('utf-8'))]),
    Buffer.from(say('ISO-8859-1'), 'latin1'),
    Buffer.from(say('UTF-8'), 'latin1'),
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(say('UTF-16'), 'utf16le')]),
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(say('UTF-16'), 'utf16le').swap16()]),
    Buffer.from(say('UTF-16'), 'utf16le'),
    Buffer.from(`${say('utf-16')}\n\0\0`),
    Buffer.from(`ï»¿${say('utf-8')}`),
  ];

  for (const file of files) assert.equal(attribute(parseXml(file), 'n'), 'Ñandú');
});

const hostile: readonly [what: string, code: string, xml: () => string][] = [
  [
    'a billion laughs',
    'unsupported-type',
    () => '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>',
  ],
  ['an external entity', 'unsupported-type', () => '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'],
  ['an entity that nobody declared', 'damaged-file', () => '<r>&x;</r>'],
  ['a nesting without end', 'damaged-file', () => '<a>'.repeat(100_000)],
  ['an unclosed element', 'damaged-file', () => '<a><b></a>'],
  ['a cut file', 'damaged-file', () => '<a b="1'],
  ['an attribute given twice', 'damaged-file', () => '<a b="1" b="2"/>'],
  ['more attributes than any document has', 'damaged-file', () => `<a ${attributes(300)}/>`],
  ['more elements than any document has', 'too-large', () => `<a>${'<b/>'.repeat(100_000)}</a>`],
  ['50 MB', 'too-large', () => `<a>${' '.repeat(50_000_000)}</a>`],
  ['no element', 'damaged-file', () => '<?xml version="1.0"?>'],
  ['two roots', 'damaged-file', () => '<a/><b/>'],
];
for (const [what, code, xml] of hostile) {
  test(`${what} is refused as ${code}`, () => {
    assert.throws(() => parse(xml()), asksFor(code));
  });
}

test('whatever the bytes, the answer is a document or a failure that the sender can mend', () => {
  const pieces = fc.constantFrom(
    '<a',
    '>',
    '</a>',
    ' b="c"',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&amp;',
    '<!DOCTYPE',
    '\u0000',
    'x',
  );
  const texts = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));

  fc.assert(
    fc.property(texts, (text) => {
      try {
        return typeof parse(text).name === 'string';
      } catch (error) {
        return error instanceof Failure && error.recovery === 'ask';
      }
    }),
  );
});

function attributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `a${index}=""`).join(' ');
}
