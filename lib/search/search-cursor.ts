import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { EntrySort } from '#lib/assets/schema.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import type { SearchQuery } from './schema.ts';

/** Where a result goes on: the sort column of the last asset (name, size, time in ms, kind) and its id. */
export type SearchPlace = { value: string; id: string };

/** The query, and the moment of which it is asked. */
type Sought = SearchQuery & { at?: string | undefined };

const shape = z.object({ of: z.string(), value: z.string(), id: z.string().regex(/^\d{1,18}$/) });
const numeric = /^\d{1,18}$/;

export function encodeSearchCursor(query: Sought, sort: EntrySort, place: SearchPlace): string {
  return encodeCursor({ of: fingerprint(query, sort), ...place } satisfies z.infer<typeof shape>);
}

/** @throws AppError invalid_request when it is damaged or belongs to another query or order: it would skip results silently */
export function decodeSearchCursor(cursor: string, query: Sought, sort: EntrySort): SearchPlace {
  const { value, id } = decodeCursor(cursor, (given): given is z.infer<typeof shape> => {
    const { data } = shape.safeParse(given);
    return data?.of === fingerprint(query, sort) && isUsable(sort, data.value);
  });
  return { value, id };
}

function isUsable(sort: EntrySort, value: string): boolean {
  // Postgres text holds no NUL.
  if (sort.endsWith('name') || sort === 'type') return value.isWellFormed() && !value.includes('\u0000');
  return numeric.test(value) && (sort.endsWith('size') || !Number.isNaN(new Date(Number(value)).getTime()));
}

function fingerprint(query: Sought, sort: EntrySort): string {
  const parts = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([sort, parts]))
    .digest('base64url')
    .slice(0, 16);
}
