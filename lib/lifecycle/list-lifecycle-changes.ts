import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { readLifecycle } from './read-lifecycle.ts';
import { readRules } from './read-rules.ts';
import type { LifecycleChange } from './schema.ts';

const isId = (value: unknown): value is string => typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value);

/** Changes of the rules made through Strata, the newest first. @throws AppError not_found, forbidden, invalid_request (cursor) */
export async function listLifecycleChanges(
  actor: Actor,
  input: { library: string; cursor?: string | undefined; limit: number },
): Promise<{ changes: LifecycleChange[]; nextCursor: string | null }> {
  const { library, context } = await readLifecycle(actor, input.library);
  const before = input.cursor ? { id: { lt: BigInt(decodeCursor(input.cursor, isId)) } } : {};
  const rows = await db().settingsChange.findMany({
    where: { libraryId: library.id, setting: 'lifecycle', ...before },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const people = await db().user.findMany({
    where: { id: { in: page.map(({ userId }) => userId) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const last = page.at(-1);
  return {
    changes: page.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      by: { name: names.get(row.userId) ?? 'Somebody who is gone', you: row.userId === actor.userId },
      before: row.before as StoredRule[],
      after: row.after as StoredRule[],
      rulesBefore: readRules(row.before as StoredRule[], context).own,
    })),
    nextCursor: rows.length > input.limit && last ? encodeCursor(String(last.id)) : null,
  };
}
