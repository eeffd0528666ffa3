import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { getLifecycle } from '#lib/storage/bucket-lifecycle.ts';
import { compileRules } from './compile-rules.ts';
import { DAY, type FateKey, matchesKey, nextMidnight, planFates } from './plan-fates.ts';

/** When a version goes for good, and by which rule; nulls: nothing removes it. */
export type Removal = { at: Date | null; rule: string | null };

/** Days that are looked ahead. What goes later than in ten years is said to stay. */
const lookAhead = 3_650;

/**
 * When the bucket's own rules, as they are now, will destroy one version of each key. A key is left out where that cannot be known:
 * the store has no lifecycle or does not answer, or a rule there goes by S3 object tags, which the index does not hold.
 * @param keys with all their versions, newest first
 * @param versionOf which version of a key is asked about
 */
export async function findRemovals(
  library: LibraryContext,
  keys: FateKey[],
  versionOf: (key: string) => string | undefined,
): Promise<Map<string, Removal>> {
  if (!library.capabilities.lifecycle.supported || keys.length === 0) return new Map();
  const stored = await getLifecycle(library.bucket).catch((error: unknown) => {
    // A date that is not known is not shown; the trash itself works without it.
    log().warn({ err: error, library: library.slug }, 'the lifecycle rules could not be read');
    return null;
  });
  if (!stored) return new Map();
  const rules = compileRules(stored.rules);
  const byTags = rules.filter((rule) => rule.tags.length > 0 && (rule.oldRemoval || rule.expiration));
  const from = nextMidnight(Date.now());
  // Removals do not depend on the size below which objects are not moved to another class.
  const options = { from, until: from + lookAhead * DAY, minimumSize: 'none' } as const;
  const found = new Map<string, Removal>();
  for (const key of keys) {
    if (byTags.some((rule) => matchesKey(rule, key.key))) continue;
    const wanted = versionOf(key.key);
    const event = planFates(key, rules, options).find((one) => one.action === 'remove' && one.versionId === wanted);
    found.set(key.key, { at: event ? new Date(event.at) : null, rule: event?.ruleId ?? null });
  }
  return found;
}
