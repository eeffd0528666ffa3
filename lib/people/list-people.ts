import type { Actor } from '#lib/auth/actor.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { db, Prisma } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { scopeOf } from './change-person.ts';
import { findPeople, toPersonView } from './find-people.ts';

type Position = [name: string, id: string];

function isPosition(value: unknown): value is Position {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && /^\d+$/.test(String(value[1]));
}

/** People of the caller's libraries by name; `q` finds a part of the name or e-mail. @throws AppError forbidden */
export async function listPeople(
  actor: Actor,
  input: { q?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ people: PersonView[]; nextCursor: string | null }> {
  const scope = scopeOf(actor);
  const conditions = [Prisma.sql`true`];
  if (input.q) {
    const part = `%${input.q.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(Prisma.sql`(u."name" ILIKE ${part} OR u."email" ILIKE ${part})`);
  }
  if (input.cursor) {
    const [name, id] = decodeCursor(input.cursor, isPosition);
    conditions.push(Prisma.sql`(u.sort_name, u."id") > (${name}, ${BigInt(id)})`);
  }
  const rows = await findPeople(db(), scope, Prisma.join(conditions, ' AND '), input.limit + 1);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    people: page.map((row) => toPersonView(row, scope)),
    nextCursor: rows.length > input.limit && last ? encodeCursor([last.sortName, String(last.id)]) : null,
  };
}
