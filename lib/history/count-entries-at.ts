import { safeNumber } from '#lib/assets/safe-number.ts';
import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { isStatementTimeout } from '#lib/db-errors.ts';
import { notFound } from '#lib/errors.ts';
import { prefixEnd } from '#lib/libraries/path-rules.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { canBeStored } from '#lib/versions/path-ranges.ts';
import { sameAsNow } from './same-as-now.ts';
import type { CountsAt } from './schema.ts';

/** Milliseconds after which a count is given up: it adds up everything below the folder, and the listing does without it. */
const countTimeout = 5_000;

type Row = { name: string; assetCount: bigint; bytes: bigint; same: bigint; changed: bigint };

/**
 * How much stood in a folder and in each folder of it at a moment, and how many files below it are not now as they were then: changed
 * in their bytes since, deleted since, or not there yet then. Reads every version of that moment below the folder, so it is asked for after the listing.
 * @returns `counted` false when that took over 5 s
 * @throws AppError not_found
 */
export async function countEntriesAt(
  actor: Actor,
  input: { library: string; path: string; at: string },
): Promise<CountsAt> {
  const library = await requireLibrary(actor, input.library);
  const path = input.path === '' || input.path.endsWith('/') ? input.path : `${input.path}/`;
  if (!canBeStored(path) || roleAt(actor, library.id, path) === null) throw notFound('The folder');
  const below = (column: Prisma.Sql) => {
    const end = prefixEnd(path);
    return Prisma.sql`${column} >= ${path} ${end === null ? Prisma.empty : Prisma.sql`AND ${column} < ${end}`}`;
  };
  const depth = [...path].length + 1;
  const moment = Prisma.sql`${input.at}::timestamptz`;
  try {
    const [, rows, live] = await db().$transaction([
      db()
        .$queryRaw`SELECT set_config('statement_timeout', ${String(countTimeout)}, true), set_config('jit', 'off', true)`,
      db().$queryRaw<Row[]>`
        SELECT v."name", count(*) AS "assetCount", sum(v."size")::bigint AS "bytes", count(*) FILTER (WHERE s."same") AS "same",
               count(*) FILTER (WHERE a."state" = 'live' AND s."same" IS NOT TRUE) AS "changed"
        FROM (
          SELECT DISTINCT ON (v."assetId") v."assetId", v."isDeleteMarker", v."size", v."versionId", v."etag", v."crc64nvme", v."removedAt",
                 split_part(substr(f."path", ${depth}::int), '/', 1) AS "name"
          FROM "Folder" f JOIN "Version" v ON v."folderId" = f."id"
          WHERE f."libraryId" = ${library.id} AND ${below(Prisma.sql`f."path"`)}
            AND v."validFrom" <= ${moment} AND (v."validTo" IS NULL OR v."validTo" > ${moment}) AND NOT (v."isDeleteMarker" AND v."removedAt" IS NOT NULL)
          ORDER BY v."assetId", v."seq" DESC
        ) v JOIN "Asset" a ON a."id" = v."assetId" CROSS JOIN LATERAL (SELECT ${sameAsNow(library)} AS "same") s
        WHERE NOT v."isDeleteMarker" GROUP BY v."name"`,
      db().$queryRaw<{ name: string; count: bigint }[]>`
        SELECT split_part(substr(f."path", ${depth}::int), '/', 1) AS "name", sum(a."count")::bigint AS "count"
        FROM (
          SELECT a."folderId", count(*) AS "count" FROM "Asset" a
          WHERE a."libraryId" = ${library.id} AND ${below(Prisma.sql`a."path"`)} AND a."state" = 'live' GROUP BY 1
        ) a JOIN "Folder" f ON f."id" = a."folderId" GROUP BY 1`,
    ]);
    const now = new Map(live.map(({ name, count }) => [name, count]));
    const sum = (of: (row: Row) => bigint) => safeNumber(rows.reduce((all, row) => all + of(row), 0n));
    const then = sum((row) => row.assetCount);
    const same = sum((row) => row.same);
    const changed = sum((row) => row.changed);
    const madeSince = safeNumber(live.reduce((all, { count }) => all + count, 0n)) - same - changed;
    return {
      counted: true,
      folders: rows
        .filter((row) => row.name !== '')
        .map((row) => ({
          path: `${path}${row.name}/`,
          assetCount: safeNumber(row.assetCount),
          bytes: safeNumber(row.bytes),
          // Changed and deleted since, then those made since.
          differ: safeNumber(row.assetCount - row.same + (now.get(row.name) ?? 0n) - row.same - row.changed),
        })),
      total: { assetCount: then, bytes: sum((row) => row.bytes) },
      differ: { changed, deleted: then - same - changed, made: madeSince },
    };
  } catch (error) {
    if (!isStatementTimeout(error)) throw error;
    return { counted: false, folders: [], total: null, differ: null };
  }
}
