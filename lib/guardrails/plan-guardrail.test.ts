import { describe, expect, it } from 'vitest';
import { knownCapabilities } from '#lib/storage/known-capabilities.ts';
import type { StoreCapabilities } from '#lib/storage/types.ts';
import { articleStatements } from '#scripts/testing/article-policies.ts';
import { type GuardrailId, guardrailIds } from './guardrails.ts';
import { planGuardrail, planVerdict } from './plan-guardrail.ts';
import { findDocumentDanger } from './plan-policy-guardrail.ts';
import { planRevert } from './plan-revert.ts';
import type { GuardrailPlan, GuardrailState, GuardrailWorld } from './plan-types.ts';
import type { Policy, Statement } from './policy.ts';

const profile = (product: StoreCapabilities['product']): StoreCapabilities => ({
  ...knownCapabilities(product),
  probedAt: '2026-11-25T12:00:00Z',
  product,
  headerSmuggling: { verdict: 'safe', detail: '' },
  probed: true,
  leftBehind: null,
});
const world = (change: Partial<GuardrailWorld> = {}): GuardrailWorld => ({
  bucket: 'media',
  slug: 'media',
  rootPrefix: '',
  origin: 'https://media.example.org',
  capabilities: profile('aws'),
  wanted: { kind: 'AES256' },
  serverUrl: 'https://media.s3.example',
  browserUrl: 'https://media.s3.example',
  accessKeys: { app: 'app', upload: 'upload', purge: 'purge' },
  mayWriteUserPolicies: false,
  ...change,
});
const minio = world({
  capabilities: profile('minio'),
  serverUrl: 'https://minio.example.org',
  browserUrl: 'https://minio.example.org',
});
const policyOf = (...Statement: Statement[]): Policy => ({ Version: '2012-10-17', Statement });
/** The statements of the first document that a plan would write. */
const statementsAfter = ({ change }: GuardrailPlan): Statement[] =>
  (change?.documents[0]?.after as Policy | undefined)?.Statement ?? [];
const state = (change: Partial<GuardrailState> = {}): GuardrailState => ({
  documents: {},
  userPolicies: [],
  ...change,
});
const send: Statement = { Sid: 'Send', Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::media/*'] };
const users = (...more: Statement[]): GuardrailState['userPolicies'] => [
  { identities: ['app'], name: 'strata-app', content: policyOf(send, ...more) },
  { identities: ['upload'], name: 'strata-upload', content: policyOf(send, ...more) },
];
const [articleTls, articleEncryption] = articleStatements('media');

describe('a bare bucket on AWS', () => {
  it.each(guardrailIds.filter((id) => id !== 'own-rights' && id !== 'anonymous'))(
    'has a change for %s, with nothing in its way',
    (id) => {
      const plan = planGuardrail(id, state(), world());
      expect(plan).toMatchObject({ set: false, unsupported: null, danger: null });
      expect(plan.change?.documents).toHaveLength(1);
    },
  );

  it('is closed to the anonymous as it is', () => {
    expect(planGuardrail('anonymous', state(), world()).set).toBe(true);
  });

  it('and has nothing left to change once every change was made', () => {
    let now = state();
    for (const id of guardrailIds)
      for (const { kind, after } of planGuardrail(id, now, world()).change?.documents ?? [])
        now = { ...now, documents: { ...now.documents, [kind]: after } };
    const left = guardrailIds.filter((id) => planGuardrail(id, now, world()).change !== null);
    expect(left).toEqual([]);
  });
});

describe('the policies of others', () => {
  it.each<[GuardrailId, Statement]>([
    ['tls', articleTls],
    ['wrong-encryption', articleEncryption],
  ])('count: %s by the article', (id, statement) => {
    expect(planGuardrail(id, state({ documents: { 'bucket-policy': policyOf(statement) } }), world()).set).toBe(true);
    const inUsers = state({ userPolicies: users(statement) });
    expect(planGuardrail(id, inUsers, minio).set).toBe(true);
  });

  it.each<[string, GuardrailId, Statement]>([
    ['a Deny for one person', 'tls', { ...articleTls, Principal: { AWS: 'arn:aws:iam::1:user/x' } }],
    ['another bucket', 'tls', { ...articleTls, Resource: 'arn:aws:s3:::other/*' }],
    [
      'a second condition',
      'tls',
      { ...articleTls, Condition: { ...articleTls.Condition, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
    ],
    [
      'another algorithm',
      'wrong-encryption',
      { ...articleEncryption, Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } } },
    ],
  ])('do not count: %s', (_, id, statement) => {
    const plan = planGuardrail(id, state({ documents: { 'bucket-policy': policyOf(statement) } }), world());
    expect(plan.set).toBe(false);
    expect(statementsAfter(plan)[0]).toEqual(statement);
  });
});

describe('where user policies bind', () => {
  it('every key that a guardrail is about gets it, without a principal and named for the bucket', () => {
    const plan = planGuardrail('wrong-encryption', state({ userPolicies: users() }), minio);
    const { change } = plan;
    expect(change?.documents.map(({ kind, name }) => [kind, name])).toEqual([
      ['user-policy', 'strata-app'],
      ['user-policy', 'strata-upload'],
    ]);
    const [first, added] = statementsAfter(plan);
    expect(first).toEqual(send);
    expect(added?.Sid).toBe('StrataRefuseWrongEncryption:media');
    expect(added).not.toHaveProperty('Principal');
    expect(change?.words).toBe(
      'adds one statement to policy strata-app and policy strata-upload, keeps the other 1 and 1',
    );
  });

  it('says what to run where Strata may not write them', () => {
    const plan = planGuardrail('link-age', state(), minio);
    expect(plan).toMatchObject({ set: null, change: null, manual: { command: expect.stringContaining('mc admin') } });
    // An upload link is not held to its age there, and the row says so.
    expect(plan.limit).toMatch(/^Download links only/);
  });

  it('closes a bucket by its policy, which is for the anonymous alone there', () => {
    const open: Statement = {
      Sid: 'Web',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::media/*',
    };
    const before = state({ documents: { 'bucket-policy': policyOf(open) } });
    const plan = planGuardrail('anonymous', before, minio);
    expect(plan.danger).toBeNull();
    const [kept, added] = statementsAfter(plan);
    expect(kept).toEqual(open);
    expect(added).not.toHaveProperty('Condition');
    const [, onAws] = statementsAfter(planGuardrail('anonymous', before, world()));
    expect(onAws?.Condition).toEqual({ StringEquals: { 'aws:PrincipalType': 'Anonymous' } });
  });
});

describe('what would lock the app out', () => {
  it('TLS only at an http address that is not this machine', () => {
    const plain = world({ serverUrl: 'http://store:9000', browserUrl: 'http://store.example.org' });
    expect(planGuardrail('tls', state(), plain).danger).toMatch(/over http/);
    const local = world({ serverUrl: 'http://127.0.0.1:9000', browserUrl: 'http://127.0.0.1:9000' });
    expect(planGuardrail('tls', state(), local).unsupported).toMatch(/on this very machine/);
  });

  it('a policy against everybody, written by hand', () => {
    const everybody = policyOf({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' });
    expect(findDocumentDanger(everybody, 'bucket-policy', world())).toMatch(/denies everybody/);
    expect(findDocumentDanger(everybody, 'bucket-policy', minio)).toBeNull();
    expect(findDocumentDanger(policyOf(articleTls, articleEncryption), 'bucket-policy', world())).toBeNull();
  });

  it('a policy at all, on a store that shuts out whom it does not name', () => {
    const plan = planGuardrail('tls', state(), world({ capabilities: profile('versitygw') }));
    expect(statementsAfter(plan)[0]).toMatchObject({ Effect: 'Allow', Principal: { AWS: ['app', 'upload', 'purge'] } });
  });
});

describe('settings', () => {
  it('the CORS rule goes first and others stay; one that allows too little does not count', () => {
    const other = {
      ID: 'web',
      AllowedOrigins: ['*'],
      AllowedMethods: ['GET', 'PUT'],
      AllowedHeaders: ['content-type'],
    };
    const { set, change } = planGuardrail('cors', state({ documents: { cors: [other] } }), world());
    expect(set).toBe(false);
    expect(change?.documents[0]?.after).toMatchObject([{ ID: 'strata' }, other]);
    const wide = { ...other, AllowedMethods: ['GET', 'PUT', 'HEAD'], AllowedHeaders: ['*'], ExposeHeaders: ['ETag'] };
    expect(planGuardrail('cors', state({ documents: { cors: [wide] } }), world()).set).toBe(true);
  });

  it('KMS asks for the key and brings a bucket key', () => {
    const kms = world({ wanted: { kind: 'aws:kms', keyId: 'arn:aws:kms:x:1:key/1' } });
    const now = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }];
    const { change } = planGuardrail('encryption', state({ documents: { encryption: now } }), kms);
    expect(change?.documents[0]?.after).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:x:1:key/1' },
        BucketKeyEnabled: true,
      },
    ]);
    expect(planGuardrail('wrong-encryption', state(), kms).change?.words).toMatch(/^adds 2 statements/);
  });

  it('a lifecycle rule of others for the whole bucket counts, one for a part does not', () => {
    const rule = (Prefix: string) => [
      { ID: 'x', Status: 'Enabled', Filter: { Prefix }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } },
    ];
    expect(planGuardrail('unfinished', state({ documents: { lifecycle: rule('') } }), world()).set).toBe(true);
    const part = planGuardrail('unfinished', state({ documents: { lifecycle: rule('a/') } }), world());
    expect(part.change?.documents[0]?.after).toHaveLength(2);
  });
});

describe('planVerdict', () => {
  it.each([
    [{ set: true, unsupported: null }, null, 'unknown'],
    [{ set: true, unsupported: null }, 'held', 'pass'],
    [{ set: true, unsupported: null }, 'answered', 'fail'],
    [{ set: false, unsupported: null }, null, 'fail'],
    [{ set: false, unsupported: null }, 'held', 'pass'],
    [{ set: null, unsupported: null }, 'unknown', 'unknown'],
    [{ set: true, unsupported: 'no' }, 'held', 'unsupported'],
  ] as const)('%j and a probe that says %s: %s', (plan, outcome, verdict) => {
    expect(planVerdict(plan, outcome)).toBe(verdict);
  });
});

describe('planRevert', () => {
  const own: Statement = { ...articleTls, Sid: 'StrataTlsOnly' };
  const added = { kind: 'bucket-policy' as const, name: 'media', before: policyOf(send), after: policyOf(send, own) };

  it.each<[string, unknown, unknown]>([
    ['takes out what was added', policyOf(send, own), policyOf(send)],
    ['leaves what others added since', policyOf(send, own, articleEncryption), policyOf(send, articleEncryption)],
    ['leaves what others removed since', policyOf(own), null],
    ['has nothing to do when it is gone', policyOf(send), policyOf(send)],
  ])('%s', (_, now, after) => {
    expect(planRevert([added], [now])[0]).toMatchObject({ before: now, after });
  });

  it('puts back what was replaced or removed', () => {
    const was = { ...own, Resource: 'old' };
    const change = { ...added, before: policyOf(send, was), after: policyOf(own) };
    expect(planRevert([change], [policyOf(own)])[0]?.after).toEqual(policyOf(was, send));
  });

  it('gives a plain setting its former value', () => {
    const change = { kind: 'ownership' as const, name: 'media', before: null, after: { ObjectOwnership: 'x' } };
    expect(planRevert([change], [{ ObjectOwnership: 'y' }])[0]?.after).toBeNull();
  });
});
