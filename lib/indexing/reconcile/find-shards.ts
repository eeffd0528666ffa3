import { db } from '#lib/db.ts';
import { toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { findBoundaries, firstKeyIn } from '#lib/storage/find-boundaries.ts';
import { listVersionsPage } from '#lib/storage/versions.ts';
import { planOneShard, planShards, type ShardRange } from './plan-shards.ts';

/** More parts than workers, so that uneven ones even out. */
const wantedShards = 32;
/** Rows below which an index says too little about how the keys of a bucket are spread. */
const enoughRows = 20_000;

/**
 * The parts in which a library is compared, of about the same weight: cut by the index where it is filled, else by a look around in the bucket.
 * One part for a bucket that fits one page, and for a store that walks on behind every listing: there 32 parts made the store work for 16
 * buckets, and the whole took ten times as long as in one [measured, docs/decisions/053]. The cuts then are marks along the way.
 * @throws AppError store_unavailable
 */
export async function findShards(library: LibraryContext): Promise<ShardRange[]> {
  const { bucket, rootPrefix } = library;
  const page = await listVersionsPage({ bucket, prefix: rootPrefix });
  if (page.next === null) return planShards([]);
  const cuts = await findCuts(library);
  return page.walksOn ? planOneShard(cuts) : planShards(cuts);
}

async function findCuts(library: LibraryContext): Promise<string[]> {
  const rows = await countAssets(library.id);
  if (rows >= enoughRows) return cutIndex(library.id, rows);
  const { bucket, rootPrefix } = library;
  const cuts = await findBoundaries(wantedShards, rootPrefix, firstKeyIn(bucket));
  return cuts.flatMap((cut) => toPath(library, cut) ?? []);
}

/** Live assets by the root's rollup: one row, and exact enough. */
async function countAssets(libraryId: bigint): Promise<number> {
  const where = { libraryId_path: { libraryId, path: '' } };
  return Number((await db().folder.findUnique({ where, select: { assetCount: true } }))?.assetCount ?? 0n);
}

/** About this many rows are looked at; pages are taken whole, and rows of a page often lie side by side. */
const sampleRows = 20_000;

/** Quantiles of a sample: reading all paths of 10 M assets in order would take as long as some shards. */
async function cutIndex(libraryId: bigint, rows: number): Promise<string[]> {
  // The sample is of the table, which other libraries share: their rows are thrown away, so all of it counts.
  const [{ total } = { total: rows }] = await db().$queryRaw<{ total: number }[]>`
    SELECT greatest(reltuples, 1)::float8 AS "total" FROM pg_class WHERE oid = '"Asset"'::regclass`;
  const percent = Math.min(100, (100 * sampleRows) / Math.max(1, total));
  const found = await db().$queryRaw<{ path: string }[]>`
    SELECT "path" FROM (
      SELECT "path", row_number() OVER (ORDER BY "path") AS n, count(*) OVER () AS total
      FROM "Asset" TABLESAMPLE SYSTEM (${percent}::real) REPEATABLE (1) WHERE "libraryId" = ${libraryId}
    ) sample
    WHERE n % greatest(total / ${wantedShards}::int, 1) = 0 ORDER BY "path"`;
  return found.map((row) => row.path).slice(0, wantedShards - 1);
}
