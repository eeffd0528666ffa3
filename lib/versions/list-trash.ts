import type { AssetRow } from '#lib/assets/asset-entry.ts';
import { mediaColumns, mediaJoins } from '#lib/assets/media-sql.ts';
import { safeNumber } from '#lib/assets/safe-number.ts';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { toAssetEntries } from '#lib/assets/to-asset-entries.ts';
import { grantedPrefixes, hasRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { type LibraryContext, readOnlyReason, requireLibrary } from '#lib/libraries/require-library.ts';
import { type Fate, findFates } from '#lib/lifecycle/find-fates.ts';
import { findMakers } from './find-makers.ts';
import { movedAway } from './moved-away.ts';
import { canBeStored, withinPrefixes } from './path-ranges.ts';
import { fateView, readFateVersions } from './read-fate-versions.ts';
import type { TrashEntry } from './schema.ts';

type Row = Omit<AssetRow, 'tags'> & { trashedAt: Date; markerId: string | null };
type Position = [trashedAt: string, id: string];

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  value.length === 2 &&
  typeof value[0] === 'string' &&
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value[0]) &&
  !Number.isNaN(Date.parse(value[0])) &&
  typeof value[1] === 'string' &&
  /^\d{1,18}$/.test(value[1]);

/**
 * What is in the trash where the actor may look, newest first.
 * @throws AppError not_found for a library or folder that is not theirs
 */
export async function listTrash(
  actor: Actor,
  input: { library: string; path?: string; cursor?: string | undefined; limit?: number },
): Promise<{
  entries: TrashEntry[];
  totals: { assetCount: number; bytes: number } | null;
  nextCursor: string | null;
}> {
  const library = await requireLibrary(actor, input.library);
  const path = input.path ?? '';
  if (!canBeStored(path) || (path !== '' && !path.endsWith('/'))) throw notFound('The folder');
  const limit = input.limit ?? 100;
  const position = input.cursor ? decodeCursor(input.cursor, isPosition) : null;
  const where = Prisma.sql`a."libraryId" = ${library.id} AND a."state" = 'trashed' AND NOT ${movedAway(library)}
    AND ${withinPrefixes(Prisma.sql`a."path"`, grantedPrefixes(actor, library.id))} AND ${withinPrefixes(Prisma.sql`a."path"`, [path])}`;
  const [rows, totals] = await Promise.all([
    readRows(library, where, position, limit + 1),
    position ? null : readTotals(where),
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    entries: await toEntries(actor, library, page),
    totals,
    nextCursor: rows.length > limit && last ? encodeCursor([last.trashedAt.toISOString(), String(last.id)]) : null,
  };
}

function readRows(
  library: LibraryContext,
  where: Prisma.Sql,
  position: Position | null,
  limit: number,
): Promise<Row[]> {
  const beyond = position
    ? Prisma.sql`AND (a."trashedAt", a."id") < (${new Date(position[0])}::timestamptz, ${BigInt(position[1])}::bigint)`
    : Prisma.empty;
  return db().$queryRaw<Row[]>`
    SELECT a."id", a."name", a."path", a."irregular", a."kind", a."contentType", a."size", a."modifiedAt", a."versionId", a."etag",
      a."versionCount", a."storageClass", a."trashedAt", d."versionId" AS "markerId",${mediaColumns}
    FROM "Asset" a LEFT JOIN LATERAL (
      SELECT v."versionId" FROM "Version" v WHERE v."assetId" = a."id" AND v."isDeleteMarker" AND v."removedAt" IS NULL
      ORDER BY v."seq" DESC LIMIT 1) d ON TRUE
    ${mediaJoins(library)}
    WHERE ${where} ${beyond} ORDER BY a."trashedAt" DESC, a."id" DESC LIMIT ${limit}`;
}

async function readTotals(where: Prisma.Sql): Promise<{ assetCount: number; bytes: number }> {
  const [row] = await db().$queryRaw<{ assetCount: bigint; bytes: bigint }[]>`
    SELECT count(DISTINCT a."id") AS "assetCount", coalesce(sum(v."size"), 0)::bigint AS "bytes"
    FROM "Asset" a LEFT JOIN "Version" v ON v."assetId" = a."id" AND v."removedAt" IS NULL WHERE ${where}`;
  return { assetCount: safeNumber(row?.assetCount ?? 0n), bytes: safeNumber(row?.bytes ?? 0n) };
}

/** Of the newest version of each key. The trash page says when each file goes, or that nothing removes it. */
async function fatesOf(library: LibraryContext, rows: Row[]): Promise<Map<string, Fate | undefined>> {
  const versions = await readFateVersions(rows.map((row) => row.id));
  const keys = rows.map((row) => ({ key: toKey(library, row.path), versions: versions.get(row.id) ?? [] }));
  const fates = await findFates(library, keys);
  return new Map(
    rows.map((row, index) => {
      const key = keys[index]?.key as string;
      return [key, fates.get(key)?.get(row.versionId)];
    }),
  );
}

async function toEntries(actor: Actor, library: LibraryContext, rows: Row[]): Promise<TrashEntry[]> {
  const keys = rows.map((row) => toKey(library, row.path));
  const [fates, makers, tags] = await Promise.all([
    fatesOf(library, rows),
    findMakers(
      library.id,
      rows.map((row, index) => ({ key: keys[index] as string, versionId: row.markerId ?? '', etag: null })),
    ),
    db().tag.findMany({ where: { libraryId: library.id, key: { in: keys } }, orderBy: { name: 'asc' } }),
  ]);
  const writable = readOnlyReason(library) === null;
  const entries = await toAssetEntries(
    library,
    rows.map((row, index) => ({ ...row, tags: tags.filter((tag) => tag.key === keys[index]).map((tag) => tag.name) })),
  );
  return rows.map((row, index) => {
    const maker = makers.get(index);
    const may = (role: 'contributor' | 'admin') => writable && hasRole(actor, library.id, row.path, role);
    return {
      ...(entries[index] as AssetEntry),
      trashedAt: row.trashedAt.toISOString(),
      by: maker ? { name: maker.name, you: maker.userId === actor.userId } : null,
      goes: fateView(fates.get(keys[index] as string)),
      allowed: { restore: may('contributor'), restoreVersions: may('admin') },
    };
  });
}
