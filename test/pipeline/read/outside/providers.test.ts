import assert from 'node:assert/strict';
import { createVerify, generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createAwsTextract } from '../../../../src/pipeline/read/outside/aws-textract.ts';
import { createGoogleVision } from '../../../../src/pipeline/read/outside/google-vision.ts';
import { type OutsideRequest, Refusal } from '../../../../src/pipeline/read/outside/recogniser.ts';
import { type Asked, aLocalServer } from '../../../support/local-server.ts';
import { aDataDir } from '../../../support/store.ts';

const signal = new AbortController().signal;
const google = { apiKey: 'key-1', serviceAccountFile: null, languages: ['es', 'en'] as const };
const request: OutsideRequest = {
  bytes: Buffer.from('the file'),
  mime: 'image/heic',
  profile: 'balanced',
  pages: [{ number: 1, jpeg: Buffer.from('a jpeg'), width: 400, height: 200 }],
};

/** A word at x, y of 40 × 10, as Google sends it: symbols with a break, zeros left out. */
function googleWord(text: string, x: number, y: number, end: string) {
  const symbols = [...text].map((sign, index) => ({
    text: sign,
    ...(index === text.length - 1 ? { property: { detectedBreak: { type: end } } } : {}),
  }));
  const corner = (left: number, top: number) => ({ ...(left ? { x: left } : {}), ...(top ? { y: top } : {}) });
  const vertices = [corner(x, y), corner(x + 40, y), corner(x + 40, y + 10), corner(x, y + 10)];
  return { boundingBox: { vertices }, symbols, confidence: 0.98 };
}

const annotation = {
  fullTextAnnotation: {
    text: 'TOTAL $ 99.50\nGRACIAS\n',
    pages: [
      {
        width: 400,
        height: 200,
        blocks: [
          {
            paragraphs: [
              {
                words: [
                  googleWord('TOTAL', 0, 0, 'SPACE'),
                  googleWord('99.50', 50, 0, 'EOL_SURE_SPACE'),
                  googleWord('GRACIAS', 0, 20, 'LINE_BREAK'),
                ],
              },
            ],
          },
        ],
      },
    ],
  },
};

test('Google Vision is asked for a picture with the key, and answers lines of words', async (t) => {
  const { url, asked } = await aLocalServer(t, () => ({ body: { responses: [annotation] } }));

  const [page] = await createGoogleVision({ ...google, endpoint: url }).read(request, signal);

  assert.deepEqual(
    page?.lines.map(({ text, quad, words }) => [text, quad[0], quad[2], words.length]),
    [
      ['TOTAL 99.50', [0, 0], [90, 10], 2],
      ['GRACIAS', [0, 20], [40, 30], 1],
    ],
  );
  const [call] = asked;
  assert.deepEqual(
    [call?.method, call?.path, call?.headers['x-goog-api-key']],
    ['POST', '/v1/images:annotate', 'key-1'],
  );
  assert.deepEqual(JSON.parse(call?.body ?? ''), {
    requests: [
      {
        image: { content: Buffer.from('a jpeg').toString('base64') },
        features: [{ type: 'DOCUMENT_TEXT_DETECTION' }],
        imageContext: { languageHints: ['es', 'en'] },
      },
    ],
  });
});

test('a PDF goes to Google Vision as it is, five pages at once, and its shares of the page become pixels', async (t) => {
  const normalized = structuredClone(annotation);
  const [word] = normalized.fullTextAnnotation.pages[0]?.blocks[0]?.paragraphs[0]?.words ?? [];
  const corners = [{}, { x: 0.5 }, { x: 0.5, y: 0.1 }, { y: 0.1 }];
  if (word) Object.assign(word, { boundingBox: { normalizedVertices: corners } });
  const answer = ({ body }: Asked) => {
    const { pages } = JSON.parse(body).requests[0];
    const responses = pages.map((pageNumber: number) => ({ ...normalized, context: { pageNumber } }));
    return { body: { responses: [{ responses, totalPages: 7 }] } };
  };
  const { url, asked } = await aLocalServer(t, answer);
  const pages = Array.from({ length: 6 }, (_, n) => ({
    ...request.pages[0],
    number: n + 2,
    jpeg: Buffer.from('x'),
    width: 400,
    height: 200,
  }));

  const read = await createGoogleVision({ ...google, endpoint: url }).read(
    { ...request, mime: 'application/pdf', pages },
    signal,
  );

  assert.deepEqual(
    read.map(({ number }) => number),
    [2, 3, 4, 5, 6, 7],
  );
  assert.deepEqual(read[0]?.lines[0]?.words[0]?.quad, [
    [0, 0],
    [200, 0],
    [200, 20],
    [0, 20],
  ]);
  assert.deepEqual(
    asked.map(({ path, body }) => [
      path,
      JSON.parse(body).requests[0].inputConfig.mimeType,
      JSON.parse(body).requests[0].pages,
    ]),
    [
      ['/v1/files:annotate', 'application/pdf', [2, 3, 4, 5, 6]],
      ['/v1/files:annotate', 'application/pdf', [7]],
    ],
  );
});

test('a service account signs for a token once and uses it until it ends', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { url, asked } = await aLocalServer(t, ({ path }) => {
    return path === '/token'
      ? { body: { access_token: 'token-1', expires_in: 3600 } }
      : { body: { responses: [annotation] } };
  });
  const file = join(await aDataDir(t), 'account.json');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(file, JSON.stringify({ client_email: 'a@b', private_key: pem, token_uri: `${url}/token` }));
  const vision = createGoogleVision({ ...google, endpoint: url, apiKey: null, serviceAccountFile: file });

  await vision.read(request, signal);
  await vision.read(request, signal);

  assert.deepEqual(
    asked.map(({ path, headers }) => [path, headers.authorization]),
    [
      ['/token', undefined],
      ['/v1/images:annotate', 'Bearer token-1'],
      ['/v1/images:annotate', 'Bearer token-1'],
    ],
  );
  const [header, claims, signature] = (new URLSearchParams(asked[0]?.body).get('assertion') ?? '').split('.');
  const isSigned = createVerify('RSA-SHA256')
    .update(`${header}.${claims}`)
    .verify(publicKey, signature ?? '', 'base64url');
  assert.ok(isSigned);
});

test('what Google Vision refuses of a document is a refusal, a bad key or an outage is not', async (t) => {
  const answers: [status: number, body: unknown, isRefusal: boolean][] = [
    [400, { error: { code: 400 } }, true],
    [200, { responses: [{ error: { code: 3, message: 'Bad image data.' } }] }, true],
    [200, { responses: [{ error: { code: 14, message: 'Unavailable.' } }] }, false],
    [403, { error: { code: 403 } }, false],
    [503, {}, false],
    [200, { responses: [] }, false],
  ];

  for (const [status, body, isRefusal] of answers) {
    const { url } = await aLocalServer(t, () => ({ status, body }));
    await assert.rejects(createGoogleVision({ ...google, endpoint: url }).read(request, signal), (error) => {
      return error instanceof Refusal === isRefusal;
    });
  }
});

const textractBlocks = [
  { BlockType: 'PAGE', Id: 'p' },
  {
    ...{ BlockType: 'LINE', Id: 'l', Text: 'TOTAL 99.50', Confidence: 99.1 },
    Geometry: {
      Polygon: [
        { X: 0, Y: 0 },
        { X: 0.5, Y: 0 },
        { X: 0.5, Y: 0.1 },
        { X: 0, Y: 0.1 },
      ],
    },
    Relationships: [{ Type: 'CHILD', Ids: ['w'] }],
  },
  {
    ...{ BlockType: 'WORD', Id: 'w', Text: 'TOTAL', Confidence: 98 },
    Geometry: {
      Polygon: [
        { X: 0, Y: 0 },
        { X: 0.2, Y: 0 },
        { X: 0.2, Y: 0.1 },
        { X: 0, Y: 0.1 },
      ],
    },
  },
];
const aws = { region: 'us-east-1', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' } };

test('Textract is asked with a signature and answers lines in pixels', async (t) => {
  const { url, asked } = await aLocalServer(t, () => ({
    body: { DocumentMetadata: { Pages: 1 }, Blocks: textractBlocks },
  }));

  const [page] = await createAwsTextract({ ...aws, endpoint: url }).read(request, signal);

  assert.deepEqual(
    page?.lines.map(({ text, quad, confidence, words }) => [text, quad[2], confidence, words.map((word) => word.text)]),
    [['TOTAL 99.50', [200, 20], 0.991, ['TOTAL']]],
  );
  const [call] = asked;
  assert.equal(call?.headers['x-amz-target'], 'Textract.DetectDocumentText');
  assert.match(
    call?.headers.authorization ?? '',
    /^AWS4-HMAC-SHA256 Credential=AKIATEST\/\d{8}\/us-east-1\/textract\//,
  );
  assert.deepEqual(JSON.parse(call?.body ?? ''), { Document: { Bytes: Buffer.from('a jpeg').toString('base64') } });
});

test('what Textract refuses of a document is a refusal, an outage is not', async (t) => {
  for (const [status, type, isRefusal] of [
    [400, 'UnsupportedDocumentException', true],
    [400, 'ProvisionedThroughputExceededException', false],
    [500, 'InternalServerError', false],
  ] as const) {
    const { url, asked } = await aLocalServer(t, () => ({ status, body: { __type: type, Message: 'no' } }));
    await assert.rejects(createAwsTextract({ ...aws, endpoint: url }).read(request, signal), (error) => {
      return error instanceof Refusal === isRefusal;
    });
    assert.equal(asked.length, 1);
  }
});
