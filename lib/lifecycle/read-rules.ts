import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { prefixOf } from './compile-rules.ts';
import { isOwnRule, ruleNameOf } from './rule-ids.ts';
import { type LifecycleRule, lifecycleRule } from './schema.ts';
import { type DocumentContext, toStoredRules } from './to-stored-rules.ts';

export type ReadRules = {
  /** Rules of this library that the editor can show and change. */
  own: LifecycleRule[];
  /** Rules of others, and those of ours that somebody changed into something that the editor cannot say. They are kept as they are. */
  foreign: StoredRule[];
};

/**
 * Tells the rules of this library from the others in a bucket's document. A rule counts as ours when writing what was read gives
 * the same document again; anything else is foreign, so that saving can never change what was not understood.
 */
export function readRules(stored: StoredRule[], context: DocumentContext): ReadRules {
  const groups = new Map<string, StoredRule[]>();
  const foreign: StoredRule[] = [];
  for (const rule of stored) {
    if (!isOwnRule(rule, context.slug)) foreign.push(rule);
    else {
      const name = ruleNameOf(rule.ID ?? '');
      groups.set(name, [...(groups.get(name) ?? []), rule]);
    }
  }
  const own: LifecycleRule[] = [];
  for (const [name, parts] of groups) {
    const rule = readRule(name, parts, context);
    if (rule) own.push(rule);
    else foreign.push(...parts);
  }
  return { own, foreign };
}

function readRule(name: string, parts: StoredRule[], context: DocumentContext): LifecycleRule | null {
  const [first] = parts;
  if (!first) return null;
  const key = prefixOf(first);
  if (!key.startsWith(context.rootPrefix)) return null;
  const filter = first.Filter ?? {};
  const removal = parts.find((part) => part.NoncurrentVersionExpiration)?.NoncurrentVersionExpiration;
  const expiration = parts.find((part) => part.Expiration)?.Expiration;
  const parsed = lifecycleRule.safeParse({
    name,
    enabled: first.Status === 'Enabled',
    prefix: key.slice(context.rootPrefix.length),
    tags: (filter.And?.Tags ?? (filter.Tag ? [filter.Tag] : [])).map(({ Key, Value }) => ({ key: Key, value: Value })),
    largerThan: filter.And?.ObjectSizeGreaterThan ?? filter.ObjectSizeGreaterThan ?? null,
    smallerThan: filter.And?.ObjectSizeLessThan ?? filter.ObjectSizeLessThan ?? null,
    transitions: parts.flatMap((part) =>
      (part.Transitions ?? []).map(({ Days, StorageClass }) => ({ days: Days, storageClass: StorageClass })),
    ),
    expireAfterDays: expiration?.Days ?? null,
    removeMarkers: expiration?.ExpiredObjectDeleteMarker === true,
    oldVersions: {
      transitions: parts.flatMap((part) =>
        (part.NoncurrentVersionTransitions ?? []).map((step) => ({
          days: step.NoncurrentDays,
          keepNewest: step.NewerNoncurrentVersions ?? null,
          storageClass: step.StorageClass,
        })),
      ),
      removeAfterDays: removal?.NoncurrentDays ?? null,
      keepNewest: removal?.NewerNoncurrentVersions ?? null,
    },
    abortUploadsAfterDays:
      parts.find((part) => part.AbortIncompleteMultipartUpload)?.AbortIncompleteMultipartUpload?.DaysAfterInitiation ??
      null,
  });
  if (!parsed.success) return null;
  return isSame(toStoredRules(parsed.data, context), parts) ? parsed.data : null;
}

function isSame(a: StoredRule[], b: StoredRule[]): boolean {
  return canonical(a) === canonical(b);
}

/** Stores answer with fields in an order of their own, and with the old place of the prefix beside the new one. */
function canonical(rules: StoredRule[]): string {
  return JSON.stringify(rules.map(({ Prefix: _, ...rule }) => sorted(rule)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && one !== '');
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}
