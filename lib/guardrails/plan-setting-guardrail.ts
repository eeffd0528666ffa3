import { lifecycleRule } from '#lib/lifecycle/schema.ts';
import { toStoredRules } from '#lib/lifecycle/to-stored-rules.ts';
import type { DocumentKind } from '#lib/storage/bucket-documents.ts';
import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { CORS_RULE_ID, corsRule } from '#lib/storage/cors-rule.ts';
import { SIGNABLE_BY_BROWSER } from '#lib/storage/signed-headers.ts';
import { unfinishedDays } from './guardrails.ts';
import { type GuardrailPlan, type GuardrailState, type GuardrailWorld, nothing } from './plan-types.ts';

export type SettingGuardrail =
  | 'versioning'
  | 'encryption'
  | 'public-access-block'
  | 'ownership'
  | 'cors'
  | 'unfinished';

/** What a guardrail that is a setting of the bucket needs here. Pure. */
export function planSettingGuardrail(
  id: SettingGuardrail,
  state: GuardrailState,
  world: GuardrailWorld,
): GuardrailPlan {
  const unsupported = unsupportedReason(id, world);
  if (unsupported) return { ...nothing, unsupported };
  if (id === 'cors' && !world.capabilities.bucketCors.supported)
    return {
      ...nothing,
      manual: {
        text: 'This store has no CORS rules by bucket: one setting of its process says which sites may. The probe tells whether this one may.',
        command: `MINIO_API_CORS_ALLOW_ORIGIN=${world.origin}`,
        document: null,
      },
    };
  const kind = kindOf[id];
  const before = state.documents[kind] ?? null;
  const { set, after, words } = judge[id](before, world);
  if (set) return { ...nothing, set };
  // Switching versioning off again would give up what it keeps.
  const change = { documents: [{ kind, name: world.bucket, before, after }], words, revertible: id !== 'versioning' };
  return { set, unsupported: null, change, danger: null, manual: null };
}

const kindOf: Record<SettingGuardrail, DocumentKind> = {
  versioning: 'versioning',
  encryption: 'encryption',
  'public-access-block': 'public-access-block',
  ownership: 'ownership',
  cors: 'cors',
  unfinished: 'lifecycle',
};

function unsupportedReason(id: SettingGuardrail, { capabilities }: GuardrailWorld): string | null {
  const { versioning, encryptionAes256, publicAccessBlock, objectOwnership, lifecycle } = capabilities;
  if (id === 'versioning' && !versioning.supported) return `This store keeps no versions. ${versioning.detail}`;
  if (id === 'encryption' && !encryptionAes256.supported)
    return `This store encrypts nothing. Encrypt the disks under it. ${encryptionAes256.detail}`;
  if (id === 'public-access-block' && !publicAccessBlock.supported)
    return `This store does not have it. “No anonymous reading” covers the bucket’s policy. ${publicAccessBlock.detail}`;
  if (id === 'ownership' && !objectOwnership.supported)
    return `This store has no object ownership, and takes no ACL but “private”. ${objectOwnership.detail}`;
  if (id === 'unfinished' && !(lifecycle.supported && capabilities.lifecycleRules?.abortUploads))
    return `This store keeps no lifecycle rule for unfinished uploads. Strata’s own sweep removes the parts of abandoned uploads after ${unfinishedDays} days.`;
  return null;
}

type Judged = { set: boolean; after: unknown; words: string };

const judge: Record<SettingGuardrail, (before: unknown, world: GuardrailWorld) => Judged> = {
  versioning: (before) => ({
    set: (before as { Status?: string } | null)?.Status === 'Enabled',
    after: { Status: 'Enabled' },
    words: 'turns versioning on; it stays on from then',
  }),
  encryption: judgeEncryption,
  'public-access-block': (before) => ({
    set: Object.values((before ?? { none: false }) as Record<string, boolean>).every(Boolean),
    after: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    words: 'turns all four switches on',
  }),
  ownership: (before) => ({
    set: (before as { ObjectOwnership?: string } | null)?.ObjectOwnership === 'BucketOwnerEnforced',
    after: { ObjectOwnership: 'BucketOwnerEnforced' },
    words: 'switches ACLs off',
  }),
  cors: judgeCors,
  unfinished: judgeUnfinished,
};

type EncryptionRule = {
  ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string };
  BucketKeyEnabled?: boolean;
};

function judgeEncryption(before: unknown, { wanted }: GuardrailWorld): Judged {
  const [rule, ...others] = (before ?? []) as EncryptionRule[];
  const now = rule?.ApplyServerSideEncryptionByDefault;
  const byKms = wanted.kind === 'aws:kms';
  // With S3_SSE=none the app names no encryption; the bucket can still see to it.
  const set = byKms
    ? now?.SSEAlgorithm === 'aws:kms' && now.KMSMasterKeyID === wanted.keyId
    : now?.SSEAlgorithm !== undefined && (wanted.kind === 'none' || now.SSEAlgorithm === 'AES256');
  const apply = byKms ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: wanted.keyId } : { SSEAlgorithm: 'AES256' };
  const key = byKms ? { BucketKeyEnabled: true } : {};
  return {
    set,
    after: [{ ...rule, ApplyServerSideEncryptionByDefault: apply, ...key }, ...others],
    words: byKms ? 'encrypts with your KMS key, and a bucket key that keeps KMS calls few' : 'encrypts with SSE-S3',
  };
}

type StoredCors = {
  ID?: string;
  AllowedOrigins?: string[];
  AllowedMethods?: string[];
  AllowedHeaders?: string[];
  ExposeHeaders?: string[];
};

function judgeCors(before: unknown, { origin }: GuardrailWorld): Judged {
  const rules = (before ?? []) as StoredCors[];
  const { id, origins, methods, headers, exposeHeaders, maxAgeSeconds } = corsRule(origin);
  const own = {
    ID: id,
    AllowedOrigins: origins,
    AllowedMethods: methods,
    AllowedHeaders: headers,
    ExposeHeaders: exposeHeaders,
    MaxAgeSeconds: maxAgeSeconds,
  };
  // The first rule that matches origin and method decides (s3-facts 6.1).
  const decides = rules.find(
    ({ AllowedOrigins = [], AllowedMethods = [] }) =>
      AllowedOrigins.some((pattern) => matches(pattern, origin)) && AllowedMethods.includes('PUT'),
  );
  const others = rules.filter(({ ID }) => ID !== CORS_RULE_ID);
  return {
    set: decides !== undefined && isEnough(decides),
    after: [own, ...others],
    words: others.length === 0 ? 'adds one rule' : `puts one rule first, keeps the other ${others.length}`,
  };
}

function isEnough({ AllowedMethods = [], AllowedHeaders = [], ExposeHeaders = [] }: StoredCors): boolean {
  const allows = (header: string) => AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header));
  return (
    ['PUT', 'GET', 'HEAD'].every((method) => AllowedMethods.includes(method)) &&
    SIGNABLE_BY_BROWSER.every(allows) &&
    ExposeHeaders.some((header) => header.toLowerCase() === 'etag')
  );
}

/** S3 knows one `*` in an origin or a header. */
function matches(pattern: string, value: string): boolean {
  const [start = '', end] = pattern.split('*', 2);
  if (end === undefined) return pattern === value;
  return value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
}

function judgeUnfinished(before: unknown, { slug, rootPrefix }: GuardrailWorld): Judged {
  const rules = (before ?? []) as StoredRule[];
  const covers = (rule: StoredRule) =>
    rule.Status === 'Enabled' &&
    rule.AbortIncompleteMultipartUpload !== undefined &&
    rootPrefix.startsWith(rule.Filter?.Prefix ?? rule.Filter?.And?.Prefix ?? rule.Prefix ?? '');
  const own = toStoredRules(
    lifecycleRule.parse({ name: 'Unfinished uploads', enabled: true, abortUploadsAfterDays: unfinishedDays }),
    { slug, rootPrefix, oneTransitionPerRule: false, abortUploads: true },
  );
  const others = rules.filter(({ ID }) => !own.some((one) => one.ID === ID));
  return {
    set: rules.some(covers),
    after: [...others, ...own],
    words:
      others.length === 0 ? 'adds one lifecycle rule' : `adds one lifecycle rule, keeps the other ${others.length}`,
  };
}
