import type { Actor } from '#lib/auth/actor.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { compileRules } from './compile-rules.ts';
import { countFates, type DryRunCount, emptyCount, horizons } from './count-fates.ts';
import { planDocument } from './plan-document.ts';
import { DAY, nextMidnight, planFates } from './plan-fates.ts';
import { readLifecycle } from './read-lifecycle.ts';
import type { LifecycleRule } from './schema.ts';
import { walkKeys } from './walk-keys.ts';

/**
 * Counts what the bucket's document with these rules in it would do, one part of the library after the other, from the index.
 * Foreign rules count too: they compete. Nothing is written, here or at the store.
 * @throws AppError not_found, forbidden, store_unavailable, invalid_request (cursor)
 */
export async function dryRunLifecycle(
  actor: Actor,
  input: { library: string; rules: LifecycleRule[]; cursor?: string | undefined },
): Promise<{ count: DryRunCount; progress: number; tagsRead: number; nextCursor: string | null }> {
  const { library, stored, context, minimumSize } = await readLifecycle(actor, input.library);
  const rules = compileRules(planDocument(stored.rules, input.rules, context));
  const { keys, now, tagsRead, progress, nextCursor } = await walkKeys(library, input.cursor, rules);
  const from = nextMidnight(now);
  const options = { from, until: from + Math.max(...horizons) * DAY, minimumSize };
  const count = emptyCount();
  for (const key of keys) {
    const path = toPath(library, key.key) ?? key.key;
    countFates(count, { ...key, key: path }, planFates(key, rules, options), from);
  }
  return { count, progress, tagsRead, nextCursor };
}
