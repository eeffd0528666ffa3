import { safeNumber } from '#lib/assets/safe-number.ts';
import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';
import { thumbnailUrls } from '#lib/renditions/thumbnail-urls.ts';
import { kindOfItem } from './kind-sql.ts';
import { requirePlan } from './require-plan.ts';
import type { RestoreKind, RestorePlanItem, VersionPeek } from './schema.ts';

const pageSize = 100;
const isPosition = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Columns of one side of a row; null where nothing stands there. */
type Side<P extends string> = Record<`${P}Id` | `${P}Etag`, string | null> &
  Record<`${P}Number` | `${P}Recipe`, number | null> &
  Record<`${P}At`, Date | null> &
  Record<`${P}Size`, bigint | null>;
type Row = {
  position: number;
  path: string;
  bytes: bigint;
  errorCode: string | null;
  errorDetail: string | null;
  archived: string | null;
  assetId: bigint | null;
  fileKind: string | null;
} & Side<'now'> &
  Side<'then'>;

/**
 * The files of one kind of a planned restore, in the order of their keys, with the versions that go and come. Paths that the actor may not
 * see are left out.
 * @param input.q part of the path, in any case of letters
 * @throws AppError not_found, wrong_state when it is no plan any more
 */
export async function listRestorePlan(
  actor: Actor,
  input: { id: string; kind: RestoreKind; q?: string | undefined; cursor?: string | undefined },
): Promise<{ items: RestorePlanItem[]; matching: number; nextCursor: string | null }> {
  const operation = await requirePlan(actor, input.id);
  const library = await requireLibraryById(operation.libraryId);
  const place = input.cursor ? decodeCursor(input.cursor, isPosition) : -1;
  const q = input.q?.trim().replaceAll('\u0000', '').toLowerCase() ?? '';
  const wanted = Prisma.sql`i."operationId" = ${operation.id} AND ${kindOfItem} = ${input.kind}
    AND (${q} = '' OR strpos(lower(i."path"), ${q}) > 0)`;
  const [rows, counted] = await Promise.all([
    readRows(library, wanted, place),
    db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM "OperationItem" i WHERE ${wanted}`,
  ]);
  const page = rows.slice(0, pageSize);
  const shown = page.filter((row) => roleAt(actor, library.id, row.path) !== null);
  const [before, after] = await Promise.all([peeks(library, shown, 'now'), peeks(library, shown, 'then')]);
  const last = page.at(-1);
  return {
    items: shown.map((row, at) => ({
      position: row.position,
      path: row.path,
      assetId: row.assetId === null ? null : String(row.assetId),
      fileKind: row.fileKind,
      bytes: safeNumber(row.bytes),
      before: before[at] ?? null,
      after: after[at] ?? null,
      storageClass: row.archived,
      error: row.errorCode === null ? null : { code: row.errorCode, detail: row.errorDetail ?? '' },
    })),
    matching: counted[0]?.count ?? 0,
    nextCursor: rows.length > pageSize && last ? encodeCursor(last.position) : null,
  };
}

function readRows(library: LibraryContext, wanted: Prisma.Sql, after: number): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT i.*, n."versionId" AS "nowId", n."etag" AS "nowEtag", n."modifiedAt" AS "nowAt", n."size" AS "nowSize", n."number" AS "nowNumber", n."recipe" AS "nowRecipe",
      t."versionId" AS "thenId", t."etag" AS "thenEtag", t."modifiedAt" AS "thenAt", t."size" AS "thenSize", t."number" AS "thenNumber", t."recipe" AS "thenRecipe"
    FROM (
      SELECT i."position", i."path", i."bytes", i."errorCode", i."errorDetail", i."step"->>'archived' AS "archived", a."id" AS "assetId",
        a."kind" AS "fileKind",
        CASE WHEN i."step"->>'kind' IN ('copy-up', 'put-marker') THEN i."step"->'expect'->>'versionId'
             WHEN i."step"->>'kind' = 'nothing' AND a."state" = 'live' THEN a."versionId" END AS "wasId",
        coalesce(i."step"->'source'->>'versionId', i."step"->'back'->>'versionId') AS "willId"
      FROM "OperationItem" i LEFT JOIN "Asset" a ON a."libraryId" = ${library.id} AND a."path" = i."path"
      WHERE ${wanted} AND i."position" > ${after}
      ORDER BY i."position" LIMIT ${pageSize + 1}
    ) i
    LEFT JOIN LATERAL ${versionOf(library, Prisma.sql`i."wasId"`)} n ON TRUE
    LEFT JOIN LATERAL ${versionOf(library, Prisma.sql`i."willId"`)} t ON TRUE
    ORDER BY i."position"`;
}

/** One version of the asset of row `i`, its number, and the recipe of its thumbnail. A delete marker is none. */
function versionOf(library: LibraryContext, id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT v."versionId", v."etag", v."modifiedAt", v."size", r."recipe",
      (SELECT count(*)::int FROM "Version" c WHERE c."assetId" = v."assetId" AND NOT c."isDeleteMarker" AND c."seq" <= v."seq") AS "number"
    FROM "Version" v
    LEFT JOIN "Rendition" r ON r."libraryId" = ${library.id} AND r."key" = ${library.rootPrefix} || i."path" AND r."versionId" = v."versionId"
      AND r."etag" = v."etag" AND r."kind" = 'thumbnail'
    WHERE v."assetId" = i."assetId" AND v."versionId" = ${id} AND NOT v."isDeleteMarker"
    ORDER BY v."removedAt" IS NULL DESC, v."seq" DESC LIMIT 1)`;
}

async function peeks(library: LibraryContext, rows: Row[], side: 'now' | 'then'): Promise<(VersionPeek | null)[]> {
  const urls = await thumbnailUrls(
    rows.map((row) => ({
      bucket: library.bucket,
      key: toKey(library, row.path),
      versionId: row[`${side}Id`] ?? '',
      etag: row[`${side}Etag`] ?? '',
      recipe: row[`${side}Recipe`],
    })),
  );
  return rows.map((row, at) => {
    const [versionId, number, modifiedAt] = [row[`${side}Id`], row[`${side}Number`], row[`${side}At`]];
    if (versionId === null || number === null || modifiedAt === null) return null;
    const size = safeNumber(row[`${side}Size`] ?? 0n);
    return { versionId, number, modifiedAt: modifiedAt.toISOString(), size, thumbnailUrl: urls[at] ?? null };
  });
}
