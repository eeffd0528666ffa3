import { describe, expect, it } from 'vitest';
import { articleStatements } from '#scripts/testing/article-policies.ts';
import { findPolicyDangers, type PolicyWorld } from './find-policy-dangers.ts';
import {
  coversAction,
  coversResource,
  isEverybody,
  mergeStatement,
  parsePolicy,
  type Statement,
  withoutBucket,
} from './policy.ts';
import {
  linkAgeStatement,
  sids,
  tlsOnlyStatement,
  wrongEncryptionStatement,
  wrongKeyStatement,
} from './policy-statements.ts';

const foreign: Statement = {
  Sid: 'PartnerRead',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: ['s3:GetObject'],
  Resource: ['arn:aws:s3:::media/press/*'],
};
const nameless: Statement = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:DeleteBucket',
  Resource: 'arn:aws:s3:::media',
};
const tls = tlsOnlyStatement('media');

const article: Statement[] = articleStatements('media');

describe('the statements', () => {
  it('TLS only is that of the article', () => {
    expect({ ...tls, Sid: '' }).toEqual({ ...article[0], Sid: '' });
  });

  it('a wrong encryption is refused, an absent one is not', () => {
    expect(wrongEncryptionStatement('media', 'AES256').Condition).toEqual({
      Null: { 's3:x-amz-server-side-encryption': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' },
    });
    expect(wrongKeyStatement('media', 'arn:aws:kms:x').Condition?.StringNotEquals).toEqual({
      's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:x',
    });
  });

  it('the age of links is in milliseconds and leaves signed headers alone', () => {
    expect(linkAgeStatement('media', 600).Condition).toEqual({
      StringEquals: { 's3:authType': 'REST-QUERY-STRING' },
      NumericGreaterThan: { 's3:signatureAge': '600000' },
    });
  });
});

describe('mergeStatement', () => {
  const policy = { Version: '2012-10-17', Id: 'kept', Statement: [foreign, nameless] };

  it('adds ours behind the others', () => {
    expect(mergeStatement(policy, sids.tls, tls)).toEqual({ ...policy, Statement: [foreign, nameless, tls] });
  });

  it('replaces ours where it stands', () => {
    const before = { ...policy, Statement: [foreign, { ...tls, Resource: 'old' }, nameless] };
    expect(mergeStatement(before, sids.tls, tls).Statement).toEqual([foreign, tls, nameless]);
  });

  it('takes only ours out', () => {
    expect(mergeStatement({ ...policy, Statement: [foreign, tls, nameless] }, sids.tls, null)).toEqual(policy);
    expect(mergeStatement(policy, sids.tls, null)).toEqual(policy);
  });

  it('refuses to touch a statement of others', () => {
    expect(() => mergeStatement(policy, 'PartnerRead', null)).toThrow(/no statement of ours/);
  });
});

describe('parsePolicy', () => {
  it('takes one statement without a list, and none at all', () => {
    expect(parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: foreign })).Statement).toEqual([foreign]);
    expect(parsePolicy(null).Statement).toEqual([]);
  });

  it.each(['', '{', '[]', '{}', 'null'])('never takes %j for an empty policy', (text) => {
    expect(() => parsePolicy(text)).toThrow();
  });
});

describe('matching', () => {
  it.each<[string, Partial<Statement>, string, boolean]>([
    ['all of S3', { Action: 's3:*' }, 's3:GetObject', true],
    ['without case', { Action: 'S3:getobject' }, 's3:GetObject', true],
    ['a pattern', { Action: ['s3:Get*'] }, 's3:GetObjectVersion', true],
    ['another action', { Action: 's3:Put?bject' }, 's3:GetObject', false],
    ['all but', { NotAction: 's3:Get*' }, 's3:PutObject', true],
    ['but not that', { NotAction: 's3:Get*' }, 's3:GetObject', false],
  ])('action: %s', (_, values, action, expected) => {
    expect(coversAction({ Effect: 'Deny', ...values }, action)).toBe(expected);
  });

  it('resources keep their case, and a dot is a dot', () => {
    const at = (Resource: string) => coversResource({ Effect: 'Deny', Resource }, 'arn:aws:s3:::my.media/a');
    expect([at('arn:aws:s3:::my.media/*'), at('arn:aws:s3:::MY.media/*'), at('arn:aws:s3:::myxmedia/*')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('knows everybody when it sees them', () => {
    const is = (Principal: unknown) => isEverybody({ Effect: 'Deny', Principal });
    expect([is('*'), is({ AWS: '*' }), is({ AWS: ['x', '*'] }), is({ AWS: 'x' }), is(undefined)]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('findPolicyDangers', () => {
  const world: PolicyWorld = {
    bucket: 'media',
    serverIsHttps: true,
    browserIsHttps: true,
    sendsEncryption: 'AES256',
    linkSeconds: 600,
  };
  const find = (statements: Statement[], change: Partial<PolicyWorld> = {}) =>
    findPolicyDangers({ Version: '2012-10-17', Statement: statements }, { ...world, ...change });

  it('lets both policies of the article stand', () => {
    expect(find(article)).toEqual([]);
  });

  it.each<[string, Statement, Partial<PolicyWorld>, RegExp]>([
    ['TLS only where the app uses http', tls, { serverIsHttps: false }, /The app reaches this store over http/],
    ['TLS only where browsers use http', tls, { browserIsHttps: false }, /Browsers reach/],
    [
      'the encryption of the article where the app names none',
      article[1] as Statement,
      { sendsEncryption: null },
      /names? no|name none/,
    ],
    ['another encryption', article[1] as Statement, { sendsEncryption: 'aws:kms' }, /another encryption/],
    ['links that end early', linkAgeStatement('media', 60), {}, /after 60 s/],
    [
      'everybody, always',
      { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' },
      {},
      /denies everybody/,
    ],
  ])('warns of %s', (_, statement, change, words) => {
    expect(find([statement], change)).toEqual([expect.stringMatching(words)]);
  });

  it.each<[string, Statement, Partial<PolicyWorld>]>([
    [
      'a wrong encryption only, where the app names none',
      wrongEncryptionStatement('media', 'AES256'),
      { sendsEncryption: null },
    ],
    ['another bucket', { ...tls, Resource: 'arn:aws:s3:::other/*' }, { serverIsHttps: false }],
    ['an Allow', { ...tls, Effect: 'Allow' }, { serverIsHttps: false }],
    ['what the app never does', nameless, {}],
    ['a principal by name', { ...tls, Principal: { AWS: 'arn:aws:iam::1:user/x' } }, { serverIsHttps: false }],
  ])('lets be: %s', (_, statement, change) => {
    expect(find([statement], change)).toEqual([]);
  });
});

it('takes out what is ours about one bucket, and nothing else', () => {
  const statement = (Sid: string) => ({ Sid, Effect: 'Deny' as const, Action: 's3:*', Resource: '*' });
  const sids = [
    'StrataLinkAge:media',
    'StrataLinkAge:media-2',
    'ByHand:media',
    'StrataOwnAccess',
    'StrataTlsOnly:media',
  ];
  const policy = { Version: '2012-10-17', Statement: sids.map(statement) };
  expect(withoutBucket(policy, 'media').Statement.map(({ Sid }) => Sid)).toEqual([
    'StrataLinkAge:media-2',
    'ByHand:media',
    'StrataOwnAccess',
  ]);
});
