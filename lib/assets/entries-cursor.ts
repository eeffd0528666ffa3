import * as z from 'zod';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { type EntrySort, entrySort } from './schema.ts';

/**
 * Where a listing goes on: still among the folders (after a name) or among the assets (after a place in the sort order).
 * `value` is the sort column of the last asset (name, size, time in ms or kind), `tie` what orders equal ones: its id, for type its name.
 */
export type EntriesPosition =
  | { phase: 'folders'; after: string }
  | { phase: 'assets'; after: { value: string; tie: string } | null };

const shape = z.object({
  sort: entrySort,
  kind: z.string().nullable(),
  position: z.union([
    z.object({ phase: z.literal('folders'), after: z.string() }),
    z.object({ phase: z.literal('assets'), after: z.object({ value: z.string(), tie: z.string() }).nullable() }),
  ]),
});
type Shape = z.infer<typeof shape>;

const numeric = /^-?\d{1,19}$/;

export function encodeEntriesCursor(sort: EntrySort, kind: string | null, position: EntriesPosition): string {
  return encodeCursor({ sort, kind, position } satisfies Shape);
}

/** @throws AppError invalid_request when the cursor is damaged, or belongs to another order or kind: it would skip entries silently. */
export function decodeEntriesCursor(cursor: string, sort: EntrySort, kind: string | null): EntriesPosition {
  const decoded = decodeCursor(cursor, (value): value is Shape => {
    const result = shape.safeParse(value);
    if (!result.success || result.data.sort !== sort || result.data.kind !== kind) return false;
    return isUsable(sort, result.data.position);
  });
  return decoded.position;
}

function isUsable(sort: EntrySort, position: EntriesPosition): boolean {
  if (position.phase === 'folders') return isText(position.after);
  const after = position.after;
  if (!after) return true;
  switch (sort) {
    case 'name':
    case '-name':
    case 'type':
      return isText(after.value) && isText(after.tie);
    default:
      return isBigint(after.value) && isBigint(after.tie) && (!sort.endsWith('modified') || isTime(after.value));
  }
}

/** Postgres text holds no NUL. */
const isText = (value: string) => value.isWellFormed() && !value.includes('\u0000');
const isBigint = (value: string) => numeric.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
const isTime = (value: string) => !Number.isNaN(new Date(Number(value)).getTime());
