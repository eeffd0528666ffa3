import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { compileRules } from './compile-rules.ts';
import { countFates, type DryRunCount, emptyCount, horizons } from './count-fates.ts';
import { planDocument } from './plan-document.ts';
import { DAY, nextMidnight, planFates } from './plan-fates.ts';
import { readFateKeys } from './read-fate-keys.ts';
import { readLifecycle } from './read-lifecycle.ts';
import type { LifecycleRule } from './schema.ts';

/** Keys a part: about a second of work on a small machine, so that progress moves and a request stays short. */
const KEYS_A_PART = 20_000;

/** `from` is the first run of the whole dry run, so that midnight in the middle of it changes nothing. */
type Position = { after: string; from: number; done: number; total: number };
const isPosition = (value: unknown): value is Position => {
  const one = value as Partial<Position> | null;
  return typeof one?.after === 'string' && [one.from, one.done, one.total].every(Number.isSafeInteger);
};

/**
 * Counts what the bucket's document with these rules in it would do, one part of the library after the other, from the index.
 * Foreign rules count too: they compete. Nothing is written, here or at the store.
 * @throws AppError not_found, forbidden, store_unavailable, invalid_request (cursor)
 */
export async function dryRunLifecycle(
  actor: Actor,
  input: { library: string; rules: LifecycleRule[]; cursor?: string | undefined },
): Promise<{ count: DryRunCount; progress: number; notCounted: string[]; nextCursor: string | null }> {
  const { library, stored, context, minimumSize } = await readLifecycle(actor, input.library);
  const position = input.cursor ? decodeCursor(input.cursor, isPosition) : null;
  const rules = compileRules(planDocument(stored.rules, input.rules, context));
  const from = position?.from ?? nextMidnight(Date.now());
  const options = { from, until: from + Math.max(...horizons) * DAY, minimumSize };
  const keys = await readFateKeys(library, position?.after ?? null, KEYS_A_PART);
  const count = emptyCount();
  for (const one of keys) {
    const path = toPath(library, one.key) ?? one.key;
    countFates(count, { ...one, key: path }, planFates(one, rules, options), from);
  }
  const total =
    position?.total ?? (await db().asset.count({ where: { libraryId: library.id, state: { not: 'gone' } } }));
  const done = (position?.done ?? 0) + keys.length;
  const last = keys.at(-1);
  const more = keys.length === KEYS_A_PART && last;
  return {
    count,
    progress: more ? Math.min(1, done / Math.max(1, total)) : 1,
    notCounted: rules.filter(({ tags }) => tags.length > 0).map(({ id }) => id),
    nextCursor: more
      ? encodeCursor({ after: toPath(library, last.key) ?? '', from, done, total } satisfies Position)
      : null,
  };
}
