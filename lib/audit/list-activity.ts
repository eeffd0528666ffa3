import { grantedPrefixes } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { canBeStored, withinPrefixes } from '#lib/versions/path-ranges.ts';
import { findUndoableUploads } from './find-undoable-uploads.ts';
import { readActivityOperations } from './read-activity-operations.ts';
import { type ActivityEntry, type AuditFact, auditFact } from './schema.ts';

export type ActivityFilter = { by?: string | undefined; type?: string | undefined; path?: string | undefined };
type Row = {
  id: bigint;
  at: Date;
  userId: bigint | null;
  actorName: string;
  type: string;
  path: string | null;
  operationId: bigint | null;
  uploadId: string | null;
  data: unknown;
  /** The whole fact lies where the actor may look; else only some files of an operation do. */
  whole: boolean;
};

const isId = (value: unknown): value is string => typeof value === 'string' && /^\d{1,18}$/.test(value);

/**
 * What people changed in a library, newest first. Facts about files are shown where the actor may look; of an operation that
 * also touched other places only the visible part is told. Facts about people, rights and settings are shown to the admins of
 * that place and to the person who did it.
 * @throws AppError not_found for a library that is not theirs
 */
export async function listActivity(
  actor: Actor,
  input: ActivityFilter & { library: string; cursor?: string | undefined; limit?: number },
): Promise<{ activity: ActivityEntry[]; nextCursor: string | null }> {
  const library = await requireLibrary(actor, input.library);
  const limit = input.limit ?? 50;
  const before = input.cursor ? BigInt(decodeCursor(input.cursor, isId)) : null;
  const seen = grantedPrefixes(actor, library.id);
  const rows = await readRows(actor, library.id, seen, input, before, limit + 1);
  const page = rows.slice(0, limit);
  const operations = await readActivityOperations(
    actor,
    page.flatMap((row) => (row.operationId === null ? [] : [{ id: row.operationId, whole: row.whole }])),
    seen,
  );
  const uploads = await findUndoableUploads(
    actor,
    library.id,
    page.flatMap((row) => (row.type === 'upload.completed' && row.uploadId !== null ? [row.uploadId] : [])),
  );
  const last = page.at(-1);
  return {
    activity: page.map((row) => {
      const operation = row.operationId === null ? undefined : operations.get(row.operationId);
      const fact = auditFact.parse(row.data);
      return {
        id: String(row.id),
        at: row.at.toISOString(),
        by: {
          id: row.userId === null ? null : String(row.userId),
          name: row.actorName,
          you: row.userId === actor.userId,
        },
        type: row.type,
        path: row.whole ? row.path : (operation?.visible?.scope ?? null),
        data: row.whole || !operation?.visible ? fact : narrowed(fact, operation.visible),
        uploadId: row.uploadId,
        undo: operation?.view.undoable
          ? { kind: 'operation', id: operation.view.id }
          : row.uploadId !== null && uploads.has(row.uploadId)
            ? { kind: 'upload', id: row.uploadId }
            : null,
        operation: operation?.view ?? null,
      };
    }),
    nextCursor: rows.length > limit && last ? encodeCursor(String(last.id)) : null,
  };
}

/** The counts of an operation without the files that the reader may not see. */
function narrowed(fact: AuditFact, visible: { total: number; bytes: number }): AuditFact {
  if (fact.type === 'operation.started')
    return { type: fact.type, operation: fact.operation, total: visible.total, bytes: visible.bytes };
  if (fact.type === 'operation.undone') {
    return { type: fact.type, operation: fact.operation, undoOf: fact.undoOf, total: visible.total };
  }
  if (fact.type === 'operation.retried') return { ...fact, total: visible.total };
  return fact;
}

async function readRows(
  actor: Actor,
  libraryId: bigint,
  seen: string[],
  filter: ActivityFilter,
  before: bigint | null,
  limit: number,
): Promise<Row[]> {
  if ([filter.type, filter.path].some((text) => text !== undefined && !canBeStored(text))) return [];
  if (filter.by !== undefined && !isId(filter.by)) return [];
  const path = Prisma.sql`coalesce(e."path", '')`;
  const aboutFiles = Prisma.sql`(starts_with(e."type", 'upload.') OR starts_with(e."type", 'operation.'))`;
  const whole = Prisma.sql`CASE WHEN ${aboutFiles} THEN ${withinPrefixes(path, seen)}
    ELSE e."userId" = ${actor.userId} OR ${withinPrefixes(path, grantedPrefixes(actor, libraryId, 'admin'))} END`;
  const conditions = [Prisma.sql`e."libraryId" = ${libraryId}`];
  if (before !== null) conditions.push(Prisma.sql`e."id" < ${before}`);
  if (filter.by !== undefined) conditions.push(Prisma.sql`e."userId" = ${BigInt(filter.by)}`);
  if (filter.type)
    conditions.push(Prisma.sql`(e."type" = ${filter.type} OR starts_with(e."type", ${`${filter.type}.`}))`);
  if (filter.path)
    conditions.push(
      Prisma.sql`(${isAt(path, filter.path)} OR ${holdsItem(Prisma.sql`(${isAt(Prisma.sql`i."path"`, filter.path)} OR ${isAt(Prisma.sql`i."fromPath"`, filter.path)})`)})`,
    );
  const visible = seen.includes('')
    ? Prisma.sql`e."whole"`
    : Prisma.sql`(e."whole" OR ${holdsItem(withinPrefixes(Prisma.sql`i."path"`, seen))})`;
  return db().$queryRaw<Row[]>`
    SELECT e.* FROM (
      SELECT e."id", e."at", e."userId", e."actorName", e."type", e."path", e."operationId", e."uploadId"::text AS "uploadId", e."data",
        coalesce(${whole}, FALSE) AS "whole"
      FROM "AuditEvent" e WHERE ${Prisma.join(conditions, ' AND ')}) AS e
    WHERE ${visible} ORDER BY e."id" DESC LIMIT ${limit}`;
}

/** At or below a folder ("a/"), or exactly a file. */
function isAt(column: Prisma.Sql, path: string): Prisma.Sql {
  return path.endsWith('/') ? withinPrefixes(column, [path]) : Prisma.sql`${column} = ${path}`;
}

function holdsItem(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM "OperationItem" i WHERE i."operationId" = e."operationId" AND ${condition})`;
}
