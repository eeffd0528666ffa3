import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { findOperation, maySee, maySteer } from './find-operation.ts';
import type { OperationView } from './schema.ts';
import type { ItemState, StoredOperation } from './stored-types.ts';
import { effectiveUndo, isUndoable } from './undoable.ts';

type StateRow = {
  state: ItemState;
  count: number;
  bytes: bigint;
  outcomes: number;
  /** Of them: those whose source is being thawed, and when the first is looked at again. */
  thawing: number;
  until: Date | null;
};

/** One operation as the API shows it. @throws AppError not_found */
export async function readOperation(actor: Actor, id: bigint): Promise<OperationView> {
  const operation = await findOperation(id);
  if (!operation || !maySee(actor, operation)) throw notFound('The operation');
  const [states, attempts, user, library] = await Promise.all([
    countItems(id),
    db().operation.findMany({ where: { undoOfId: id }, select: { id: true, state: true, finishedAt: true } }),
    db().user.findUnique({ where: { id: operation.userId }, select: { name: true } }),
    db().library.findUniqueOrThrow({ where: { id: operation.libraryId }, select: { slug: true } }),
  ]);
  return toView(actor, operation, states, attempts, user?.name ?? 'Somebody', library.slug);
}

function countItems(id: bigint): Promise<StateRow[]> {
  return db().$queryRaw<StateRow[]>`
    SELECT "state"::text AS "state", count(*)::int AS "count", sum("bytes")::bigint AS "bytes", count("outcome")::int AS "outcomes",
      count("waitsUntil") FILTER (WHERE "state" = 'pending')::int AS "thawing", min("waitsUntil") FILTER (WHERE "state" = 'pending') AS "until"
    FROM "OperationItem" WHERE "operationId" = ${id} GROUP BY "state"`;
}

function toView(
  actor: Actor,
  operation: StoredOperation,
  states: StateRow[],
  attempts: Parameters<typeof isUndoable>[2],
  userName: string,
  library: string,
): OperationView {
  const count = (...wanted: ItemState[]) =>
    states.filter((row) => wanted.includes(row.state)).reduce((sum, row) => sum + row.count, 0);
  const { plan } = operation;
  const thawing = states.find((row) => row.state === 'pending');
  return {
    id: String(operation.id),
    library,
    type: operation.type,
    state: operation.state,
    paused: operation.pausedAt !== null && operation.finishedAt === null,
    thawing:
      thawing?.until && operation.finishedAt === null
        ? { count: thawing.thawing, until: thawing.until.toISOString() }
        : null,
    counts: {
      total: states.reduce((sum, row) => sum + row.count, 0),
      pending: count('pending', 'running'),
      done: count('done'),
      skipped: count('skipped'),
      conflict: count('conflict'),
      failed: count('failed'),
    },
    bytes: states.reduce((sum, row) => sum + Number(row.bytes), 0),
    plan: { counts: plan.counts, bytesToCopy: plan.bytesToCopy, requests: plan.requests, samples: plan.samples },
    to:
      operation.params.to !== undefined && roleAt(actor, operation.libraryId, operation.params.to) !== null
        ? operation.params.to
        : null,
    undoable:
      maySteer(actor, operation) &&
      isUndoable(
        operation.state,
        states.reduce((sum, row) => sum + row.outcomes, 0),
        attempts,
      ),
    undoOf: operation.undoOfId === null ? null : String(operation.undoOfId),
    undoneBy: effectiveUndo(attempts) ? String(effectiveUndo(attempts)?.id) : null,
    createdBy: { name: userName, you: operation.userId === actor.userId },
    createdAt: operation.createdAt.toISOString(),
    finishedAt: operation.finishedAt?.toISOString() ?? null,
    errorDetail: operation.errorDetail,
  };
}
