import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  type LifecycleRule as SdkRule,
} from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { hasName } from './store-errors.ts';

export type StoredTag = { Key: string; Value: string };

/** One rule as the bucket holds it: S3's own document, so that what Strata does not know is carried through unchanged. */
export type StoredRule = {
  ID?: string;
  Status: 'Enabled' | 'Disabled';
  /** The filter of documents from before 2016; new ones have `Filter`. */
  Prefix?: string;
  Filter?: {
    Prefix?: string;
    Tag?: StoredTag;
    ObjectSizeGreaterThan?: number;
    ObjectSizeLessThan?: number;
    And?: { Prefix?: string; Tags?: StoredTag[]; ObjectSizeGreaterThan?: number; ObjectSizeLessThan?: number };
  };
  Expiration?: { Date?: string; Days?: number; ExpiredObjectDeleteMarker?: boolean };
  Transitions?: { Date?: string; Days?: number; StorageClass: string }[];
  NoncurrentVersionTransitions?: { NoncurrentDays?: number; NewerNoncurrentVersions?: number; StorageClass: string }[];
  NoncurrentVersionExpiration?: { NoncurrentDays?: number; NewerNoncurrentVersions?: number };
  AbortIncompleteMultipartUpload?: { DaysAfterInitiation?: number };
};

/** The whole document of a bucket. */
export type StoredLifecycle = {
  rules: StoredRule[];
  /** AWS's answer about objects under 128 KB; null where the store does not say (MinIO). */
  minimumObjectSize: 'all_storage_classes_128K' | 'varies_by_storage_class' | null;
};

/**
 * The bucket's lifecycle document; no rules when it has none.
 * @throws AppError store_unavailable, not_supported_by_store
 */
export async function getLifecycle(bucket: string): Promise<StoredLifecycle> {
  try {
    const answer = await callStore('app', 'Reading the lifecycle rules', (client) =>
      client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket })),
    );
    // Dates become text, as in the JSON that people read and compare.
    const rules = JSON.parse(JSON.stringify(answer.Rules ?? [])) as StoredRule[];
    return { rules: rules.map(withDays), minimumObjectSize: answer.TransitionDefaultMinimumObjectSize ?? null };
  } catch (error) {
    if (hasName(error, 'NoSuchLifecycleConfiguration')) return { rules: [], minimumObjectSize: null };
    throw error;
  }
}

/** MinIO leaves the days of a step out of its answer when they are 0. */
function withDays(rule: StoredRule): StoredRule {
  const { Transitions, NoncurrentVersionTransitions } = rule;
  return {
    ...rule,
    ...(Transitions && { Transitions: Transitions.map((step) => (step.Date ? step : { Days: 0, ...step })) }),
    ...(NoncurrentVersionTransitions && {
      NoncurrentVersionTransitions: NoncurrentVersionTransitions.map((step) => ({ NoncurrentDays: 0, ...step })),
    }),
  };
}

/**
 * Replaces the whole document, as S3 does (at most 1,000 rules): give every rule that is to stay. Without rules it is removed,
 * since S3 refuses an empty one.
 * @throws AppError not_supported_by_store, store_unavailable; a document that the store refuses comes as the store's own error
 */
export async function putLifecycle(bucket: string, { rules, minimumObjectSize }: StoredLifecycle): Promise<void> {
  if (rules.length === 0) {
    await callStore('app', 'Removing the lifecycle rules', (client) =>
      client.send(new DeleteBucketLifecycleCommand({ Bucket: bucket })),
    );
    return;
  }
  await callStore('app', 'Setting the lifecycle rules', (client) =>
    client.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: bucket,
        LifecycleConfiguration: { Rules: rules.map(toSdk) },
        // Left out it would fall back to 128 KB for every class, also where an older bucket had it otherwise.
        ...(minimumObjectSize ? { TransitionDefaultMinimumObjectSize: minimumObjectSize } : {}),
      }),
    ),
  );
}

function toSdk(rule: StoredRule): SdkRule {
  const { Expiration, Transitions, ...rest } = rule;
  const dated = <T extends { Date?: string }>(value: T) => {
    const { Date: date, ...others } = value;
    return date === undefined ? others : { ...others, Date: new Date(date) };
  };
  return {
    ...rest,
    ...(Expiration ? { Expiration: dated(Expiration) } : {}),
    ...(Transitions ? { Transitions: Transitions.map(dated) } : {}),
  } as SdkRule;
}
