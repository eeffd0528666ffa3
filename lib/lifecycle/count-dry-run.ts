import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { CompiledRule } from './compile-rules.ts';
import { countFates, type DryRunCount, emptyCount, horizons } from './count-fates.ts';
import { DAY, type MinimumSize, nextMidnight, planFates } from './plan-fates.ts';
import { walkKeys } from './walk-keys.ts';

export type DryRunPart = { count: DryRunCount; progress: number; tagsRead: number; nextCursor: string | null };

/**
 * What rules will do to the next part of a library, from the index.
 * @throws AppError invalid_request (cursor), store_unavailable (tags)
 */
export async function countDryRun(
  library: LibraryContext,
  rules: CompiledRule[],
  { cursor, minimumSize }: { cursor: string | undefined; minimumSize: MinimumSize },
): Promise<DryRunPart> {
  const { keys, now, tagsRead, progress, nextCursor } = await walkKeys(library, cursor, rules);
  const from = nextMidnight(now);
  const options = { from, until: from + Math.max(...horizons) * DAY, minimumSize };
  const count = emptyCount();
  for (const key of keys) {
    const path = toPath(library, key.key) ?? key.key;
    countFates(count, { ...key, key: path }, planFates(key, rules, options), from);
  }
  return { count, progress, tagsRead, nextCursor };
}
