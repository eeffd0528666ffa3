import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { isStorageClass, type TransitionClass } from './storage-classes.ts';

/** When an action is due: days after an event, or one day for everything. */
export type Due = { days: number } | { on: number };

/** A stored rule in the form in which it is applied to keys: one flat filter, only actions that do something. */
export type CompiledRule = {
  id: string;
  prefix: string;
  tags: { key: string; value: string }[];
  /** Bytes, exclusive. */
  largerThan: number | null;
  smallerThan: number | null;
  /** A size filter of its own overrides the 128 KB that transitions ask for (s3-facts 4.3). */
  hasSizeFilter: boolean;
  transitions: { due: Due; storageClass: TransitionClass }[];
  expiration: Due | null;
  removeMarkers: boolean;
  oldTransitions: { days: number; keepNewest: number; storageClass: TransitionClass }[];
  oldRemoval: { days: number; keepNewest: number } | null;
};

/** The rules of a bucket's document that are on, foreign ones too. Aborting unfinished uploads touches no version and is left out. */
export function compileRules(rules: StoredRule[]): CompiledRule[] {
  return rules.filter((rule) => rule.Status === 'Enabled').map(compileRule);
}

/** The path filter of a stored rule, from whichever of S3's three places holds it. */
export function prefixOf(rule: StoredRule): string {
  return rule.Filter?.And?.Prefix ?? rule.Filter?.Prefix ?? rule.Prefix ?? '';
}

function compileRule(rule: StoredRule): CompiledRule {
  const { Filter: filter = {} } = rule;
  const tags = filter.And?.Tags ?? (filter.Tag ? [filter.Tag] : []);
  const largerThan = filter.And?.ObjectSizeGreaterThan ?? filter.ObjectSizeGreaterThan ?? null;
  const smallerThan = filter.And?.ObjectSizeLessThan ?? filter.ObjectSizeLessThan ?? null;
  const old = rule.NoncurrentVersionExpiration;
  return {
    id: rule.ID ?? '',
    prefix: prefixOf(rule),
    tags: tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
    largerThan,
    smallerThan,
    hasSizeFilter: largerThan !== null || smallerThan !== null,
    transitions: (rule.Transitions ?? []).flatMap(({ Days, Date: date, StorageClass }) =>
      isTransitionClass(StorageClass) ? [{ due: dueOf(Days, date), storageClass: StorageClass }] : [],
    ),
    expiration:
      rule.Expiration?.Days !== undefined || rule.Expiration?.Date !== undefined
        ? dueOf(rule.Expiration.Days, rule.Expiration.Date)
        : null,
    removeMarkers: rule.Expiration?.ExpiredObjectDeleteMarker === true,
    oldTransitions: (rule.NoncurrentVersionTransitions ?? []).flatMap((step) =>
      isTransitionClass(step.StorageClass)
        ? [
            {
              days: step.NoncurrentDays ?? 0,
              keepNewest: step.NewerNoncurrentVersions ?? 0,
              storageClass: step.StorageClass,
            },
          ]
        : [],
    ),
    oldRemoval: old ? { days: old.NoncurrentDays ?? 0, keepNewest: old.NewerNoncurrentVersions ?? 0 } : null,
  };
}

/** A tier that is none of S3's classes (MinIO takes any name) is no step of the waterfall and is left out of forecasts. */
function isTransitionClass(name: string): name is TransitionClass {
  return isStorageClass(name) && name !== 'STANDARD';
}

function dueOf(days: number | undefined, date: string | undefined): Due {
  return date === undefined ? { days: days ?? 0 } : { on: Date.parse(date) };
}
