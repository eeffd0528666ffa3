import type { StoreIdentity } from './types.ts';

export type PolicyStatement = {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
};
export type PolicyDocument = { Version: '2012-10-17'; Statement: PolicyStatement[] };

/** Buckets that the capability probe makes and removes again. The identities have the same rights in them. */
export const SCRATCH_BUCKET_PREFIX = 'strata-probe-';

/** MinIO refuses a policy that names an action it does not know. */
const AWS_ONLY = [
  's3:GetBucketPublicAccessBlock',
  's3:PutBucketPublicAccessBlock',
  's3:GetBucketOwnershipControls',
  's3:PutBucketOwnershipControls',
];

/**
 * The least rights with which each identity does its work in one bucket (DESIGN section 10), for MinIO's user policies and AWS IAM.
 * Give each identity the policies of all its buckets
 * (the name may end in `*`). With SSE-KMS, `app` and `upload` also need kms:GenerateDataKey and kms:Decrypt.
 *
 * - `app` reads, lists, copies, writes folder markers, makes delete markers and sets up buckets. It may never destroy a version:
 *   on MinIO DeleteObject covers that too unless DeleteObjectVersion is denied by name (s3-facts 7.14).
 * - `upload` signs PUT and part URLs, and nothing it signs can read: a smuggled `x-amz-copy-source` fails (s3-facts 7c).
 *   On AWS a PUT with If-Match may need s3:GetObject; AWS refuses smuggled headers itself, so `upload` may be `app` there.
 * - `purge` removes versions, in the worker only.
 */
export function identityPolicies(
  bucket: string,
  store: 'minio' | 'aws' = 'minio',
): Record<StoreIdentity, PolicyDocument> {
  const scratch = `${SCRATCH_BUCKET_PREFIX}*`;
  const onBucket = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${scratch}`];
  const onObjects = [`arn:aws:s3:::${bucket}/*`, `arn:aws:s3:::${scratch}/*`];
  return {
    app: policy([
      {
        Sid: 'Bucket',
        Effect: 'Allow',
        Action: [
          's3:CreateBucket',
          's3:GetBucketLocation',
          's3:ListBucket',
          's3:ListBucketVersions',
          's3:ListBucketMultipartUploads',
          's3:GetBucketVersioning',
          's3:PutBucketVersioning',
          's3:GetEncryptionConfiguration',
          's3:PutEncryptionConfiguration',
          's3:GetBucketCors',
          's3:PutBucketCors',
          's3:GetLifecycleConfiguration',
          's3:PutLifecycleConfiguration',
          's3:GetBucketPolicy',
          's3:PutBucketPolicy',
          's3:GetBucketNotification',
          's3:PutBucketNotification',
          's3:DeleteBucketPolicy',
          's3:GetBucketPolicyStatus',
          ...(store === 'aws' ? AWS_ONLY : []),
        ],
        Resource: onBucket,
      },
      {
        Sid: 'Objects',
        Effect: 'Allow',
        Action: [
          's3:GetObject',
          's3:GetObjectVersion',
          's3:GetObjectAttributes',
          's3:GetObjectVersionAttributes',
          's3:GetObjectTagging',
          's3:GetObjectVersionTagging',
          's3:PutObject',
          's3:PutObjectTagging',
          's3:DeleteObject',
          's3:RestoreObject',
          's3:AbortMultipartUpload',
          's3:ListMultipartUploadParts',
        ],
        Resource: onObjects,
      },
      { Sid: 'NeverDestroy', Effect: 'Deny', Action: ['s3:DeleteObjectVersion'], Resource: onObjects },
    ]),
    upload: policy([{ Sid: 'Send', Effect: 'Allow', Action: ['s3:PutObject'], Resource: onObjects }]),
    purge: policy([
      // Without the right to list, an answer for a missing key is 403 in place of 404.
      { Sid: 'Look', Effect: 'Allow', Action: ['s3:ListBucket', 's3:ListBucketVersions'], Resource: onBucket },
      {
        Sid: 'Destroy',
        Effect: 'Allow',
        Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        Resource: onObjects,
      },
      { Sid: 'RemoveScratch', Effect: 'Allow', Action: ['s3:DeleteBucket'], Resource: [`arn:aws:s3:::${scratch}`] },
    ]),
  };
}

/**
 * The rights of an identity brought up to date at a start: statements of ours by their Sid, in our words of today, then what the store's
 * policy holds beside them, as it is: guardrails are put there, and admins may have added their own.
 */
export function refreshPolicy(
  wanted: PolicyDocument,
  current: { Statement: { Sid?: string }[] } | null,
): { Version: string; Statement: { Sid?: string }[] } {
  const own = new Set(wanted.Statement.map(({ Sid }) => Sid));
  const others = (current?.Statement ?? []).filter(({ Sid }) => !Sid || !own.has(Sid));
  return { Version: wanted.Version, Statement: [...wanted.Statement, ...others] };
}

function policy(statements: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}
