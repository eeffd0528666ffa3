import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { getLifecycle } from '#lib/storage/bucket-lifecycle.ts';
import { compileRules } from './compile-rules.ts';
import { DAY, type FateKey, matchesKey, nextMidnight, planFates } from './plan-fates.ts';
import { withTags } from './with-tags.ts';

/** What a rule does, and when. */
type Due = { at: Date; rule: string };
/**
 * What the rules will do to one version or marker: when it goes for good, nulls where nothing removes it, and before that, when it is the
 * current one, when the file is moved to the trash.
 */
export type Fate = { at: Date | null; rule: string | null; trash: Due | null };

/** Days that are looked ahead. What goes later than in ten years is said to stay. */
const lookAhead = 3_650;
/** Versions whose tags are asked from the store for one page, at most. */
const TAGS_A_PAGE = 500;

/**
 * What the bucket's own rules, as they are now, will do to every version of some keys. A key is left out where that cannot be known: the
 * store has no lifecycle or does not answer, or a rule there goes by S3 object tags that could not be asked for.
 * @param keys with all their versions that the store still has, newest first
 * @returns by key, then by version id
 */
export async function findFates(library: LibraryContext, keys: FateKey[]): Promise<Map<string, Map<string, Fate>>> {
  if (!library.capabilities.lifecycle.supported || keys.length === 0) return new Map();
  const stored = await getLifecycle(library.bucket).catch((error: unknown) => {
    // A date that is not known is not shown; the versions themselves are there without it.
    log().warn({ err: error, library: library.slug }, 'the lifecycle rules could not be read');
    return null;
  });
  if (!stored) return new Map();
  const rules = compileRules(stored.rules);
  // Pages show as many keys as this asks for; what is over is left out, as what is not known.
  const known = await withTags(library, keys, rules, TAGS_A_PAGE).catch((error: unknown) => {
    log().warn({ err: error, library: library.slug }, 'the S3 object tags could not be read');
    return null;
  });
  const from = nextMidnight(Date.now());
  // Removals do not depend on the size below which objects are not moved to another class.
  const options = { from, until: from + lookAhead * DAY, minimumSize: 'none' } as const;
  const found = new Map<string, Map<string, Fate>>();
  const byTags = rules.filter((rule) => rule.tags.length > 0 && (rule.oldRemoval || rule.expiration));
  for (const key of known?.keys ?? keys) {
    if (known === null && byTags.some((rule) => matchesKey(rule, key.key))) continue;
    const events = planFates(key, rules, options);
    const due = (versionId: string, actions: readonly string[]): Due | null => {
      const event = events.find((one) => one.versionId === versionId && actions.includes(one.action));
      return event ? { at: new Date(event.at), rule: event.ruleId } : null;
    };
    const fates = key.versions.map(({ versionId }): [string, Fate] => {
      const gone = due(versionId, ['remove', 'remove-marker']);
      return [versionId, { at: gone?.at ?? null, rule: gone?.rule ?? null, trash: due(versionId, ['expire']) }];
    });
    found.set(key.key, new Map(fates));
  }
  return found;
}
