import { expect, it } from 'vitest';
import { findOverreach } from './find-overreach.ts';
import type { Policy, Statement } from './policy.ts';

const policy = (...Statement: Statement[]): Policy => ({ Version: '2012-10-17', Statement });
const send: Statement = { Sid: 'Send', Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::*/*'] };
const never: Statement = { Sid: 'NeverDestroy', Effect: 'Deny', Action: 's3:DeleteObjectVersion', Resource: '*' };
const own: Statement = { Sid: 'StrataLinkAge:media', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::media/*' };
const before = policy(send, never, own);

it.each<[string, Policy, RegExp | null]>([
  ['nothing', before, null],
  ['a list of one written without a list', policy({ ...send, Action: 's3:PutObject' }, never, own), null],
  ['a Deny for the bucket', policy(send, never, own, { ...own, Sid: 'Mine' }), null],
  ['our own statement changed or gone', policy(send, never), null],
  ['a right taken out', policy(never, own), /Send must stay/],
  ['a Deny of the store taken out', policy(send, own), /NeverDestroy must stay/],
  ['a right made wider', policy({ ...send, Action: 's3:*' }, never, own), /Send must stay/],
  ['a right added', policy(send, never, own, { ...own, Sid: 'More', Effect: 'Allow' }), /gives a right/],
  ['a Deny for everything', policy(send, never, { ...own, Resource: '*' }), /not about the bucket/],
  [
    'a Deny for a bucket whose name begins alike',
    policy(send, never, { ...own, Resource: 'arn:aws:s3:::media2/*' }),
    /not about/,
  ],
  [
    'a Deny for all but the bucket',
    policy(send, never, { Sid: 'x', Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::media/*' }),
    /not about/,
  ],
])('%s', (_, after, expected) => {
  const found = findOverreach(before, after, 'media');
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatch(expected);
});
