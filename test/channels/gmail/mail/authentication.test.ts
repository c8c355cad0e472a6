import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticate } from '../../../../src/channels/gmail/mail/authentication.ts';

const bank = 'banco.example';

/** Whether mail from the bank is verified by these Authentication-Results, topmost first. */
function isVerified(...values: string[]): boolean {
  return authenticate(values, bank).isVerified;
}

test('DMARC vouches for the very domain of the sender', () => {
  assert.equal(isVerified('mx.google.com; dmarc=pass (p=REJECT sp=NONE dis=NONE) header.from=banco.example'), true);
  assert.equal(isVerified('mx.google.com; dmarc=pass header.from=BANCO.example'), true);
  assert.equal(isVerified('mx.google.com; dmarc=pass header.from=otro.example'), false);
  assert.equal(isVerified('mx.google.com; dmarc=none header.from=banco.example'), false);
});

test('a signature counts when its domain is the sender’s or one above it, not one below or beside it', () => {
  const signedBy = (domain: string) =>
    isVerified(`mx.google.com; dkim=pass header.i=@${domain} header.s=s1 header.b=AbC=`);

  assert.equal(signedBy('banco.example'), true);
  assert.equal(
    authenticate(['mx.google.com; dkim=pass header.d=banco.example'], 'avisos.banco.example').isVerified,
    true,
  );
  assert.equal(authenticate(['mx.google.com; dkim=pass header.d=banco.example'], 'xbanco.example').isVerified, false);
  assert.equal(signedBy('mail.banco.example'), false);
  assert.equal(signedBy('xbanco.example'), false);
  assert.equal(signedBy('example'), false);
});

test('SPF counts for the domain that the mail was sent for', () => {
  const spf = (from: string) =>
    isVerified(`mx.google.com; spf=pass (google.com: domain of ${from}) smtp.mailfrom=${from}`);

  assert.equal(spf('rebotes@banco.example'), true);
  assert.equal(spf('"a@banco.example"@estafa.example'), false);
});

test('a failed DMARC outweighs a signature that passes', () => {
  assert.equal(
    isVerified('mx.google.com; dkim=pass header.d=banco.example; dmarc=fail (p=NONE) header.from=banco.example'),
    false,
  );
});

test('only the topmost header of the receiving server is believed: what a sender wrote below it, or another server, says nothing', () => {
  const forged = 'mx.google.com; dmarc=pass header.from=banco.example';

  assert.equal(isVerified('mx.google.com; dmarc=fail header.from=banco.example', forged), false);
  assert.equal(isVerified('mx.estafa.example; dmarc=pass header.from=banco.example', forged), false);
  assert.equal(isVerified('mx.google.com.estafa.example; dmarc=pass header.from=banco.example'), false);
  assert.equal(isVerified('mx.google.com 1; dmarc=pass header.from=banco.example'), true);
  assert.equal(isVerified(), false);
});

test('what stands in comments and quotes says nothing', () => {
  assert.equal(
    isVerified('mx.google.com; spf=fail (x; dmarc=pass header.from=banco.example) smtp.mailfrom=e.example'),
    false,
  );
  assert.equal(isVerified('mx.google.com; dkim=fail header.i="@e; dmarc=pass header.from=banco.example"'), false);
  assert.equal(
    isVerified('mx.google.com; spf=fail ((nested) dmarc=pass header.from=banco.example;) smtp.mailfrom=e'),
    false,
  );
});

test('a sender without a domain, or with two addresses, is never verified', () => {
  const all = 'mx.google.com; dmarc=pass header.from=banco.example; spf=pass smtp.mailfrom=; dkim=pass header.i=@';

  assert.equal(authenticate([all], null).isVerified, false);
  assert.equal(authenticate([all], '').isVerified, false);
});

test('the verdicts are kept in short for whoever looks at the ticket', () => {
  const { summary } = authenticate(
    ['mx.google.com; dkim=pass header.i=@a; spf=softfail smtp.mailfrom=b; dmarc=fail'],
    bank,
  );

  assert.equal(summary, 'dkim=pass spf=softfail dmarc=fail');
});
