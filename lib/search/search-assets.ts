import type * as z from 'zod';
import type { AssetRow } from '#lib/assets/asset-entry.ts';
import { mediaColumns, mediaJoins } from '#lib/assets/media-sql.ts';
import { readIndexAge } from '#lib/assets/read-index-age.ts';
import type { AssetEntry, EntrySort, FolderEntry } from '#lib/assets/schema.ts';
import { toAssetEntries } from '#lib/assets/to-asset-entries.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { Prisma } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { type PastRow, pastColumns, sinceColumns, sinceJoin, withSince } from '#lib/history/since.ts';
import { versionAt } from '#lib/history/version-at.ts';
import { type LibraryContext, requireLibrary } from '#lib/libraries/require-library.ts';
import { canBeStored } from '#lib/versions/path-ranges.ts';
import type { searchAssetsEndpoint } from './endpoints.ts';
import { findFolders } from './find-folders.ts';
import { planScope } from './plan-scope.ts';
import type { SearchQuery } from './schema.ts';
import { searchConditions } from './search-conditions.ts';
import { decodeSearchCursor, encodeSearchCursor, type SearchPlace } from './search-cursor.ts';
import { withinTime } from './within-time.ts';

export type SearchInput = z.output<typeof searchAssetsEndpoint.input>;
export type SearchPage = z.output<typeof searchAssetsEndpoint.output>;

/**
 * Matches that one search sorts: the newest in the index when there are more, and the answer says so. An order that walks its own
 * index until it has found enough would read everything when there is little (17 s at 10 M rows; performance.md section 2).
 */
const cap = 5_000;

type Row = AssetRow & PastRow & { found: bigint };

/**
 * One page of what a query means, in the asked order, and on the first page up to 20 folders of that name. Only what the actor may see
 * is looked at: inside the folder, or inside the grants that lie in it.
 * @throws AppError not_found for a library or folder that is not theirs, search_too_slow after 2.5 s, invalid_request for a foreign cursor
 */
export async function searchAssets(actor: Actor, input: SearchInput): Promise<SearchPage> {
  const { library: slug, sort, cursor, limit, at, ...query } = input;
  const library = await requireLibrary(actor, slug);
  const path = folderOf(query);
  const prefixes = planScope(actor, library.id, path);
  if (prefixes.length === 0) throw notFound('The folder');
  const after = cursor === undefined ? null : decodeSearchCursor(cursor, { ...query, at }, sort);
  const wordsAlone = Object.values({ ...query, q: undefined, path: undefined }).every((value) => value === undefined);

  const [rows, folders, index] = await Promise.all([
    readMatches(library, prefixes, query, { at, sort, after, limit: limit + 1 }),
    after === null && wordsAlone && at === undefined
      ? findFolders(library.id, prefixes, query.q)
      : ([] as FolderEntry[]),
    readIndexAge(library),
  ]);
  const page = rows.slice(0, limit);
  const entries = await toAssetEntries(library, page, { ask: at === undefined });
  const shown = at === undefined ? entries : withSince(entries, page);
  const last = shown.at(-1);
  const found = Number(rows[0]?.found ?? 0n);
  const total = { count: Math.min(found, cap), exact: found <= cap };
  return {
    path,
    entries: [...folders, ...shown],
    partial: !total.exact || index.state === 'indexing',
    total,
    index,
    nextCursor: rows.length > limit && last ? encodeSearchCursor({ ...query, at }, sort, placeOf(last, sort)) : null,
  };
}

/** @throws AppError invalid_request for text that the database cannot hold */
function folderOf(query: SearchQuery): string {
  const texts = [query.q, query.path, query.tag ?? ''];
  if (!texts.every(canBeStored))
    throw new AppError('invalid_request', 'The search holds a character that no name can hold.');
  return query.path === '' || query.path.endsWith('/') ? query.path : `${query.path}/`;
}

/** Cap, then sort, then the page, then what only the page shows. */
function readMatches(
  library: LibraryContext,
  prefixes: string[],
  query: SearchQuery,
  page: { at: string | undefined; sort: EntrySort; after: SearchPlace | null; limit: number },
): Promise<Row[]> {
  const { at, after } = page;
  const { by, beyond } = order[page.sort];
  return withinTime<Row>(Prisma.sql`
    WITH matches AS MATERIALIZED (${at === undefined ? matchesNow(library, prefixes, query) : matchesAt(library, prefixes, query, at)}),
    page AS (
      SELECT a.* FROM (SELECT * FROM matches ORDER BY "id" DESC LIMIT ${cap}) a
      ${after === null ? Prisma.empty : Prisma.sql`WHERE ${beyond(after)}`}
      ORDER BY ${by} LIMIT ${page.limit}
    )
    SELECT a.*, ${mediaColumns}, ${at === undefined ? Prisma.empty : Prisma.sql`${sinceColumns},`}
           ARRAY(SELECT t."name" FROM "Tag" t WHERE t."libraryId" = ${library.id} AND t."key" = ${library.rootPrefix} || a."path"
                 ORDER BY t."name") AS "tags",
           (SELECT count(*) FROM matches) AS "found"
    FROM page a ${mediaJoins(library)} ${at === undefined ? Prisma.empty : sinceJoin}
    ORDER BY ${by}`);
}

/** The newest in the index, one more than the cap to know that there are more. */
function matchesNow(library: LibraryContext, prefixes: string[], query: SearchQuery): Prisma.Sql {
  return Prisma.sql`
    SELECT a."id", a."name", a."path", a."irregular", a."kind", a."contentType", a."size", a."modifiedAt",
           a."versionId", a."etag", a."versionCount", a."storageClass"
    FROM "Asset" a WHERE ${searchConditions(library, prefixes, query)}
    ORDER BY a."id" DESC LIMIT ${cap + 1}`;
}

/** Of what is live now and of what is away now, each by its own index. */
function matchesAt(library: LibraryContext, prefixes: string[], query: SearchQuery, at: string): Prisma.Sql {
  const half = (state: Prisma.Sql) => Prisma.sql`(
    SELECT ${pastColumns} FROM "Asset" a CROSS JOIN LATERAL ${versionAt(at)} v
    WHERE ${searchConditions(library, prefixes, query, { state, bytes: Prisma.sql`v`, storageClass: Prisma.sql`coalesce(v."storageClass", 'STANDARD')` })} AND NOT v."isDeleteMarker"
    ORDER BY a."id" DESC LIMIT ${cap + 1})`;
  return Prisma.sql`
    SELECT * FROM (${half(Prisma.sql`a."state" = 'live'`)} UNION ALL ${half(Prisma.sql`a."state" <> 'live'`)}) halves
    ORDER BY "id" DESC LIMIT ${cap + 1}`;
}

type Order = { by: Prisma.Sql; beyond: (place: SearchPlace) => Prisma.Sql };

const ascending = (column: Prisma.Sql, cast: Prisma.Sql): Order => ({
  by: Prisma.sql`${column}, a."id"`,
  beyond: ({ value, id }) => Prisma.sql`(${column}, a."id") > (${value}::${cast}, ${id}::bigint)`,
});
const descending = (column: Prisma.Sql, cast: Prisma.Sql): Order => ({
  by: Prisma.sql`${column} DESC, a."id" DESC`,
  beyond: ({ value, id }) => Prisma.sql`(${column}, a."id") < (${value}::${cast}, ${id}::bigint)`,
});
const text = Prisma.sql`text COLLATE "C"`;
const bigint = Prisma.sql`bigint`;
/** Cursors hold times in milliseconds, which is all that the column keeps. */
const milliseconds = Prisma.sql`(extract(epoch FROM a."modifiedAt") * 1000)::bigint`;
const order: Record<EntrySort, Order> = {
  name: ascending(Prisma.sql`a."name"`, text),
  '-name': descending(Prisma.sql`a."name"`, text),
  size: ascending(Prisma.sql`a."size"`, bigint),
  '-size': descending(Prisma.sql`a."size"`, bigint),
  modified: ascending(milliseconds, bigint),
  '-modified': descending(milliseconds, bigint),
  type: ascending(Prisma.sql`a."kind"`, text),
};

function placeOf(entry: AssetEntry, sort: EntrySort): SearchPlace {
  const { id } = entry;
  if (sort.endsWith('name')) return { value: entry.name, id };
  if (sort.endsWith('size')) return { value: String(entry.size), id };
  if (sort.endsWith('modified')) return { value: String(new Date(entry.modifiedAt).getTime()), id };
  return { value: entry.kind, id };
}
