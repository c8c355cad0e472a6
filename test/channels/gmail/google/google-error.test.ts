import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GoogleRefusal, googleErrorOf, refusalOf } from '../../../../src/channels/gmail/google/google-error.ts';

const now = new Date('2026-07-06T10:00:00Z');
const api = (reason: string, message = '') => ({ error: { message, errors: [{ reason }] } });

/** What Google says, and what follows. */
const cases: [number, unknown, GoogleRefusal][] = [
  [403, api('userRateLimitExceeded'), 'limited'],
  [403, api('dailyLimitExceeded'), 'limited'],
  [429, '<html>', 'limited'],
  [403, { error: { status: 'RESOURCE_EXHAUSTED' } }, 'limited'],
  [400, { error: 'invalid_grant', error_description: 'revoked' }, 'revoked'],
  [
    403,
    { error: { status: 'PERMISSION_DENIED', details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } },
    'revoked',
  ],
  [401, api('authError'), 'expired'],
  [401, { error: 'invalid_client' }, 'away'],
  [403, api('accessNotConfigured'), 'away'],
  [404, api('notFound'), 'gone'],
  [500, 'oops', 'away'],
  [503, {}, 'away'],
  [400, api('invalidArgument'), 'refused'],
  [403, api('forbidden'), 'refused'],
];

for (const [status, body, refusal] of cases) {
  test(`${status} with ${JSON.stringify(body)} is ${refusal}`, () => {
    assert.equal(refusalOf(googleErrorOf(status, body, null, now)), refusal);
  });
}

test('when Google wants to be asked again is read from the header and from its words', () => {
  const at = (header: string | null, message = '') =>
    googleErrorOf(429, api('rateLimitExceeded', message), header, now).retryAt;

  assert.deepEqual(at('30'), new Date('2026-07-06T10:00:30Z'));
  assert.deepEqual(at('Mon, 06 Jul 2026 10:05:00 GMT'), new Date('2026-07-06T10:05:00Z'));
  assert.deepEqual(
    at(null, 'User-rate limit exceeded. Retry after 2026-07-06T10:15:00.123Z (Mail sending)'),
    new Date('2026-07-06T10:15:00.123Z'),
  );
  assert.equal(at('soon'), null);
  assert.equal(at(null), null);
});

test('a bug of ours is no refusal of Google', () => {
  assert.equal(refusalOf(new TypeError('x')), null);
});
