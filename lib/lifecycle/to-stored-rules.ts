import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { ownIdPrefix } from './rule-ids.ts';
import type { LifecycleRule } from './schema.ts';

/** Where the rules of one library stand in its bucket's document. */
export type DocumentContext = {
  /** Slug of the library: it marks which rules are ours. Two libraries may share a bucket under different roots. */
  slug: string;
  rootPrefix: string;
  /** MinIO keeps one transition a rule and drops the others without a word (s3-facts 7.21): give each a rule of its own. */
  oneTransitionPerRule: boolean;
  /** False on MinIO, which drops the action beside others and refuses it alone (s3-facts 7.21). */
  abortUploads: boolean;
};

/** One rule of ours as the store takes it; several where it keeps one transition a rule: `name`, `name#2`, … */
export function toStoredRules(rule: LifecycleRule, context: DocumentContext): StoredRule[] {
  const steps = actionsOf(rule, context);
  return steps.map((actions, index) => ({
    ID: `${ownIdPrefix(context.slug)}${rule.name}${index === 0 ? '' : `#${index + 1}`}`,
    Status: rule.enabled ? 'Enabled' : 'Disabled',
    Filter: filterOf(rule, context.rootPrefix),
    ...actions,
  }));
}

function filterOf(rule: LifecycleRule, rootPrefix: string): NonNullable<StoredRule['Filter']> {
  const prefix = rootPrefix + rule.prefix;
  const tags = rule.tags.map(({ key, value }) => ({ Key: key, Value: value }));
  const sizes = {
    ...(rule.largerThan === null ? {} : { ObjectSizeGreaterThan: rule.largerThan }),
    ...(rule.smallerThan === null ? {} : { ObjectSizeLessThan: rule.smallerThan }),
  };
  const conditions = (prefix ? 1 : 0) + tags.length + Object.keys(sizes).length;
  if (conditions > 1)
    return { And: { ...(prefix ? { Prefix: prefix } : {}), ...(tags[0] ? { Tags: tags } : {}), ...sizes } };
  if (tags[0]) return { Tag: tags[0] };
  if (conditions === 1 && !prefix) return sizes;
  return { Prefix: prefix };
}

type Actions = Omit<StoredRule, 'ID' | 'Status' | 'Filter' | 'Prefix'>;

function actionsOf(rule: LifecycleRule, context: DocumentContext): Actions[] {
  const moves = rule.transitions.map(({ days, storageClass }) => ({ Days: days, StorageClass: storageClass }));
  const oldMoves = rule.oldVersions.transitions.map(({ days, keepNewest, storageClass }) => ({
    NoncurrentDays: days,
    ...(keepNewest === null ? {} : { NewerNoncurrentVersions: keepNewest }),
    StorageClass: storageClass,
  }));
  const { removeAfterDays, keepNewest } = rule.oldVersions;
  const rest: Actions = {
    ...(rule.expireAfterDays === null ? {} : { Expiration: { Days: rule.expireAfterDays } }),
    // Never both in one rule: with Days a lonely marker goes anyway.
    ...(rule.removeMarkers && rule.expireAfterDays === null ? { Expiration: { ExpiredObjectDeleteMarker: true } } : {}),
    ...(removeAfterDays === null
      ? {}
      : {
          NoncurrentVersionExpiration: {
            NoncurrentDays: removeAfterDays,
            ...(keepNewest === null ? {} : { NewerNoncurrentVersions: keepNewest }),
          },
        }),
    ...(rule.abortUploadsAfterDays === null || !context.abortUploads
      ? {}
      : { AbortIncompleteMultipartUpload: { DaysAfterInitiation: rule.abortUploadsAfterDays } }),
  };
  if (!context.oneTransitionPerRule)
    return [
      {
        ...(moves[0] ? { Transitions: moves } : {}),
        ...(oldMoves[0] ? { NoncurrentVersionTransitions: oldMoves } : {}),
        ...rest,
      },
    ];
  const split: Actions[] = Array.from({ length: Math.max(moves.length, oldMoves.length) }, (_, index) => ({
    ...(moves[index] ? { Transitions: [moves[index]] } : {}),
    ...(oldMoves[index] ? { NoncurrentVersionTransitions: [oldMoves[index]] } : {}),
  }));
  return Object.keys(rest).length === 0 && split.length > 0 ? split : [{ ...split[0], ...rest }, ...split.slice(1)];
}
