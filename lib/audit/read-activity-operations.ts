import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { maySteer } from '#lib/operations/find-operation.ts';
import { commonScope } from '#lib/operations/plan-summary.ts';
import { readOperations } from '#lib/operations/read-operations.ts';
import { effectiveUndo, isUndoable } from '#lib/operations/undoable.ts';
import { withinPrefixes } from '#lib/versions/path-ranges.ts';
import type { ActivityEntry } from './schema.ts';

export type VisiblePart = { total: number; bytes: number; scope: string };
export type ActivityOperation = { view: NonNullable<ActivityEntry['operation']>; visible: VisiblePart | null };

/** What became of the operations on one page of the activity, and whether they can be undone now. */
export async function readActivityOperations(
  actor: Actor,
  wanted: { id: bigint; whole: boolean }[],
  seen: string[],
): Promise<Map<bigint, ActivityOperation>> {
  const ids = [...new Set(wanted.map((one) => one.id))];
  const partly = [...new Set(wanted.filter((one) => !one.whole).map((one) => one.id))];
  const [operations, parts] = await Promise.all([readOperations(ids), visibleParts(partly, seen)]);
  const undoers = operations.flatMap(({ attempts }) => effectiveUndo(attempts)?.userId ?? []);
  const people = await db().user.findMany({ where: { id: { in: undoers } }, select: { id: true, name: true } });
  return new Map(
    operations.map(({ operation, total, outcomes, attempts }) => {
      const visible = parts.get(operation.id) ?? null;
      const undo = effectiveUndo(attempts);
      const view = {
        id: String(operation.id),
        type: operation.type,
        state: operation.state,
        total: visible?.total ?? total,
        undoable: visible === null && maySteer(actor, operation) && isUndoable(operation.state, outcomes, attempts),
        undoneBy: undo ? String(undo.id) : null,
        undoneAt: undo?.finishedAt?.toISOString() ?? null,
        undoneByPerson: undo
          ? {
              name: people.find((person) => person.id === undo.userId)?.name ?? 'Somebody',
              you: undo.userId === actor.userId,
            }
          : null,
      };
      return [operation.id, { view, visible }];
    }),
  );
}

async function visibleParts(ids: bigint[], seen: string[]): Promise<Map<bigint, VisiblePart>> {
  if (ids.length === 0) return new Map();
  const rows = await db().$queryRaw<{ id: bigint; total: number; bytes: bigint; first: string; last: string }[]>`
    SELECT i."operationId" AS "id", count(*)::int AS "total", sum(i."bytes")::bigint AS "bytes", min(i."path") AS "first", max(i."path") AS "last"
    FROM "OperationItem" i WHERE i."operationId" IN (${Prisma.join(ids)}) AND ${withinPrefixes(Prisma.sql`i."path"`, seen)}
    GROUP BY i."operationId"`;
  // Paths are in byte order, so what the first and the last have in common, all have.
  return new Map(
    rows.map((row) => [
      row.id,
      {
        total: row.total,
        bytes: Number(row.bytes),
        scope: row.total === 1 ? row.first : commonScope([row.first, row.last]),
      },
    ]),
  );
}
