import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { CompiledRule } from './compile-rules.ts';
import type { FateKey } from './plan-fates.ts';
import { readFateKeys } from './read-fate-keys.ts';
import { withTags } from './with-tags.ts';

/** Keys a part: about a second of work on a small machine, so that progress moves and a request stays short. */
const KEYS_A_PART = 20_000;
/** Versions a part whose tags are asked from the store. */
const TAGS_A_PART = 1_000;

/**
 * `now` is that of the first part, so that midnight in the middle changes nothing. `read` is how many keys the next part reads: where
 * tags are asked, few of 20,000 would be used.
 */
type Position = { after: string; now: number; done: number; total: number; read: number };

function isPosition(value: unknown): value is Position {
  const one = value as Partial<Position> | null;
  return typeof one?.after === 'string' && [one.now, one.done, one.total, one.read].every(Number.isSafeInteger);
}

export type Walk = {
  keys: FateKey[];
  /** ms since 1970: the moment that the whole walk is about. */
  now: number;
  /** Versions whose S3 object tags decided about a rule. */
  tagsRead: number;
  /** 0 to 1, of the library's keys. */
  progress: number;
  nextCursor: string | null;
};

/**
 * The next part of a library's keys with their versions, for counts that are too long for one request: the caller adds the parts up. Where rules
 * go by tags, those are asked from the store, and a part is as long as that takes a second or two.
 * @param rules all that the count is about
 * @throws AppError invalid_request (cursor), store_unavailable
 */
export async function walkKeys(
  library: LibraryContext,
  cursor: string | undefined,
  rules: CompiledRule[],
): Promise<Walk> {
  const position = cursor ? decodeCursor(cursor, isPosition) : null;
  const now = position?.now ?? Date.now();
  const most = Math.min(position?.read ?? KEYS_A_PART, KEYS_A_PART);
  const read = await readFateKeys(library, position?.after ?? null, most);
  const { keys, asked: tagsRead } = await withTags(library, read, rules, TAGS_A_PART);
  const last = keys.at(-1);
  const isLast = read.length < most && keys.length === read.length;
  if (isLast || !last) return { keys, now, tagsRead, progress: 1, nextCursor: null };
  const total =
    position?.total ?? (await db().asset.count({ where: { libraryId: library.id, state: { not: 'gone' } } }));
  const done = (position?.done ?? 0) + keys.length;
  const next: Position = { after: toPath(library, last.key) ?? '', now, done, total, read: keys.length * 2 };
  return { keys, now, tagsRead, progress: Math.min(1, done / Math.max(1, total)), nextCursor: encodeCursor(next) };
}
