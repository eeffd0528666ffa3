import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { namesOf } from './names-of.ts';
import type { GuardrailRow, GuardrailRunInput, GuardrailRunView } from './schema.ts';

const isId = (value: unknown): value is string => typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value);

/** Past looks and changes of a library's guardrails, the newest first. @throws AppError not_found, forbidden, invalid_request (cursor) */
export async function listGuardrailRuns(
  actor: Actor,
  input: { library: string; cursor?: string | undefined; limit: number },
): Promise<{ runs: GuardrailRunView[]; nextCursor: string | null }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const before = input.cursor ? { id: { lt: BigInt(decodeCursor(input.cursor, isId)) } } : {};
  const rows = await db().guardrailRun.findMany({
    where: { libraryId: library.id, ...before },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  const page = rows.slice(0, input.limit);
  const names = await namesOf(page.map(({ userId }) => userId));
  const last = page.at(-1);
  return {
    runs: page.map((row) => runView(row, actor, names)),
    nextCursor: rows.length > input.limit && last ? encodeCursor(String(last.id)) : null,
  };
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof db>['guardrailRun']['findFirst']>>>;

export function runView(row: Row, actor: Pick<Actor, 'userId'>, names: Map<bigint, string>): GuardrailRunView {
  const input = row.input as GuardrailRunInput;
  const rows = (row.rows ?? []) as GuardrailRow[];
  return {
    id: String(row.id),
    kind: row.kind as GuardrailRunView['kind'],
    state: row.state as GuardrailRunView['state'],
    by:
      row.userId === null
        ? null
        : { name: names.get(row.userId) ?? 'Somebody who is gone', you: row.userId === actor.userId },
    guardrails: input.kind === 'check' ? input.guardrails : [input.guardrail],
    at: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    passing: rows.filter(({ verdict }) => verdict === 'pass').length,
    failing: rows.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id),
    error: row.errorCode === null ? null : { code: row.errorCode, detail: row.errorDetail ?? '' },
  };
}
