import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { readRules } from './read-rules.ts';
import type { LifecycleRule } from './schema.ts';
import { type DocumentContext, toStoredRules } from './to-stored-rules.ts';

export type { StoredRule };

/** S3 keeps up to 1,000 rules a bucket, with ids of up to 255 characters (API reference, PutBucketLifecycleConfiguration). */
export const maxRules = 1000;

/**
 * The bucket's whole document with this library's rules replaced: every other rule stays, as it is and in its place, since S3
 * replaces the document as one. One of ours that somebody changed into what the editor cannot say stays too, unless a rule of its name is given.
 */
export function planDocument(current: StoredRule[], rules: LifecycleRule[], context: DocumentContext): StoredRule[] {
  const own = rules.flatMap((rule) => toStoredRules(rule, context));
  const { foreign } = readRules(current, context);
  const kept = current.filter((rule) => foreign.includes(rule) && !own.some(({ ID }) => ID === rule.ID));
  return [...kept, ...own];
}
