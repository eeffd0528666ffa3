import type { StoreIdentity } from '#lib/storage/types.ts';
import { findPolicyDangers, type PolicyWorld } from './find-policy-dangers.ts';
import { findProtection, type PolicyGuardrail } from './find-protection.ts';
import { linkSeconds } from './guardrails.ts';
import type { DocumentChange, GuardrailPlan, GuardrailState, GuardrailWorld } from './plan-types.ts';
import { nothing } from './plan-types.ts';
import { mergeStatement, type Policy, parsePolicy, type Statement, sidIn } from './policy.ts';
import {
  linkAgeStatement,
  noAnonymousStatement,
  ownAccessStatement,
  sids,
  tlsOnlyStatement,
  wrongEncryptionStatement,
  wrongKeyStatement,
} from './policy-statements.ts';

/** Whose requests a guardrail is about, where it stands in the policies of users. */
const bound: Record<Exclude<PolicyGuardrail, 'anonymous'>, StoreIdentity[]> = {
  tls: ['app', 'upload', 'purge'],
  'wrong-encryption': ['app', 'upload'],
  'link-age': ['app', 'upload'],
};

/** What a guardrail that is a statement of a policy needs here: which policy, which statement, and whether it may be put. Pure. */
export function planPolicyGuardrail(id: PolicyGuardrail, state: GuardrailState, world: GuardrailWorld): GuardrailPlan {
  const unsupported = unsupportedReason(id, world);
  if (unsupported) return { ...nothing, unsupported };
  const statements = statementsFor(id, world);
  const inBucket = id === 'anonymous' || binds(world) === 'bucket';
  if (!inBucket && state.userPolicies.length === 0) return { ...nothing, manual: manualFor(statements, world) };
  const documents = inBucket
    ? [inBucketPolicy(statements, state, world)]
    : inUserPolicies(id, statements, state, world);
  const missing = documents.filter(({ before }) => !holds(id, before, inBucket ? 'bucket' : 'user', world));
  if (missing.length === 0) return { ...nothing, set: true };
  return {
    set: false,
    unsupported: null,
    manual: null,
    change: { documents: missing, words: wordsOf(missing, statements.length), revertible: true },
    danger: dangerOf(statements, world),
  };
}

/**
 * Why a whole document that an admin wrote by hand would lock the app out; null when it would not. Judged on stores whose bucket policies
 * bind signed requests; elsewhere those of users do, and each is tried right after it was put.
 */
export function findDocumentDanger(
  document: Policy,
  kind: DocumentChange['kind'],
  world: GuardrailWorld,
): string | null {
  if (kind === 'bucket-policy' && binds(world) !== 'bucket') return null;
  const statements = document.Statement.map((one) => (kind === 'user-policy' ? { ...one, Principal: '*' } : one));
  return findPolicyDangers({ ...document, Statement: statements }, policyWorld(world))[0] ?? null;
}

const binds = ({ capabilities }: GuardrailWorld) => capabilities.policies?.binds ?? 'none';

function unsupportedReason(id: PolicyGuardrail, world: GuardrailWorld): string | null {
  const { bucketPolicy } = world.capabilities;
  if (id === 'tls' && world.browserUrl.startsWith('http:') && isLoopback(world.browserUrl))
    return `The store is at ${world.browserUrl}, on this very machine, so nothing travels over a network. Before anybody reaches it from elsewhere, give it an https address (S3_ENDPOINT, S3_PUBLIC_ENDPOINT).`;
  if (id === 'wrong-encryption' && !world.capabilities.encryptionAes256.supported)
    return `This store encrypts nothing, so there is no wrong encryption. ${world.capabilities.encryptionAes256.detail}`;
  if (id === 'wrong-encryption' && world.wanted.kind === 'none')
    return 'Strata is set to name no encryption (S3_SSE=none), so every encryption is as good as another.';
  if (id === 'anonymous')
    return bucketPolicy.supported
      ? null
      : `This store has no bucket policies, and with them no way to open a bucket. ${bucketPolicy.detail}`;
  return binds(world) === 'none' ? 'No policy of this store is known to bind signed requests.' : null;
}

export function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

function statementsFor(id: PolicyGuardrail, { bucket, wanted, capabilities }: GuardrailWorld): Statement[] {
  switch (id) {
    case 'tls':
      return [tlsOnlyStatement(bucket)];
    case 'link-age':
      return [linkAgeStatement(bucket, linkSeconds)];
    case 'anonymous':
      return [noAnonymousStatement(bucket, capabilities.policies?.binds === 'bucket' ? 'bucket' : 'user')];
    case 'wrong-encryption':
      if (wanted.kind === 'none') return [];
      return [
        wrongEncryptionStatement(bucket, wanted.kind),
        ...(wanted.kind === 'aws:kms' ? [wrongKeyStatement(bucket, wanted.keyId)] : []),
      ];
  }
}

function inBucketPolicy(statements: Statement[], state: GuardrailState, world: GuardrailWorld): DocumentChange {
  const before = (state.documents['bucket-policy'] ?? null) as Policy | null;
  let after = before ?? parsePolicy(null);
  const keys = [...new Set(Object.values(world.accessKeys).filter((key) => key !== null))];
  if (world.capabilities.policies?.needsAllow && keys.length > 0)
    after = mergeStatement(after, sids.ownAccess, ownAccessStatement(world.bucket, keys));
  for (const one of statements) after = mergeStatement(after, String(one.Sid), one);
  return { kind: 'bucket-policy', name: world.bucket, before, after };
}

function inUserPolicies(
  id: Exclude<PolicyGuardrail, 'anonymous'>,
  statements: Statement[],
  { userPolicies }: GuardrailState,
  { bucket }: GuardrailWorld,
): DocumentChange[] {
  return userPolicies
    .filter(({ identities }) => identities.some((identity) => bound[id].includes(identity)))
    .map(({ name, content }) => {
      let after = content;
      for (const { Principal: _, ...own } of statements)
        after = mergeStatement(after, sidIn(String(own.Sid), bucket), own as Statement);
      return { kind: 'user-policy' as const, name, before: content, after };
    });
}

function holds(id: PolicyGuardrail, document: unknown, of: 'bucket' | 'user', world: GuardrailWorld): boolean {
  if (document === null) return id === 'anonymous';
  return findProtection(id, document as Policy, of, { bucket: world.bucket, wanted: world.wanted, linkSeconds });
}

function wordsOf(documents: DocumentChange[], statements: number): string {
  const count = statements === 1 ? 'one statement' : `${statements} statements`;
  const names = documents.map(({ kind, name }) =>
    kind === 'bucket-policy' ? 'the bucket’s policy' : `policy ${name}`,
  );
  const kept = documents.map(({ before }) => (before as Policy | null)?.Statement.length ?? 0);
  const others = kept.every((one) => one === 0) ? '' : `, keeps the other ${kept.join(' and ')}`;
  return `adds ${count} to ${new Intl.ListFormat('en').format(names)}${others}`;
}

function policyWorld(world: GuardrailWorld): PolicyWorld {
  return {
    bucket: world.bucket,
    serverIsHttps: world.serverUrl.startsWith('https:'),
    browserIsHttps: world.browserUrl.startsWith('https:'),
    sendsEncryption: world.wanted.kind === 'none' ? null : world.wanted.kind,
    linkSeconds,
  };
}

/** Of the added statements alone: what stands there already did not lock the app out. */
function dangerOf(statements: Statement[], world: GuardrailWorld): string | null {
  // That one holds for anonymous requests only, by its condition or by the store's way.
  const judged = statements.filter(({ Sid }) => Sid !== sids.anonymous);
  return findPolicyDangers({ Version: '2012-10-17', Statement: judged }, policyWorld(world))[0] ?? null;
}

/** Where the store binds signed links by the policies of users, and this installation may not write them. */
function manualFor(statements: Statement[], { accessKeys }: GuardrailWorld) {
  const users = [...new Set(Object.values(accessKeys).filter((key) => key !== null))].join(', ');
  return {
    text: `This store binds signed links by the policies of its users (${users || 'unknown'}), and Strata has no key that may write those. Add this to them, or give the worker S3_GUARD_ACCESS_KEY_ID.`,
    command: 'mc admin policy create ALIAS POLICY policy.json',
    document: statements.map(({ Principal: _, ...own }) => own),
  };
}
