import { safeNumber } from '#lib/assets/safe-number.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { readRunReport } from '../reconcile/read-run-report.ts';
import type { DriftReport, DriftView } from './schema.ts';

const mostFolders = 50;
const mostItems = 100;

/** What the last comparisons of a library found. @throws AppError not_found, forbidden */
export async function getDrift(actor: Actor, input: { library: string }): Promise<DriftView> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  return readDrift(library.id);
}

/** The last check, and the last one before it that found differences. A first listing or a rebuild compares with nothing, so is none. */
export async function readDrift(libraryId: bigint): Promise<DriftView> {
  const runs = await db().$queryRaw<{ id: bigint; differs: boolean }[]>`
    SELECT r."id", EXISTS (SELECT FROM "IndexDifference" d WHERE d."runId" = r."id") AS "differs"
    FROM "IndexRun" r WHERE r."libraryId" = ${libraryId} AND r."kind" = 'check' ORDER BY r."id" DESC LIMIT 20`;
  const [last, ...earlier] = runs;
  const before = earlier.find((run) => run.differs);
  const [lastReport, beforeReport] = await Promise.all([last, before].map((run) => (run ? readReport(run.id) : null)));
  return { last: lastReport ?? null, before: beforeReport ?? null };
}

type Sums = {
  bucketSum: string;
  indexKeys: bigint;
  indexVersions: bigint;
  indexBytes: bigint;
  indexSum: string;
};

async function readReport(runId: bigint): Promise<DriftReport> {
  const [run, sums, folders, folderCount, items, repaired] = await Promise.all([
    readRunReport(runId),
    db().$queryRaw<Sums[]>`
      SELECT (coalesce(sum("bucketSum"), 0) % 18446744073709551616)::text AS "bucketSum",
             (coalesce(sum("indexSum"), 0) % 18446744073709551616)::text AS "indexSum",
             coalesce(sum("indexKeys"), 0)::bigint AS "indexKeys", coalesce(sum("indexVersions"), 0)::bigint AS "indexVersions",
             coalesce(sum("indexBytes"), 0)::bigint AS "indexBytes"
      FROM "IndexShard" WHERE "runId" = ${runId}`,
    db().folderDrift.findMany({ where: { runId }, orderBy: { path: 'asc' }, take: mostFolders }),
    db().folderDrift.count({ where: { runId } }),
    db().indexDifference.findMany({ where: { runId }, orderBy: { path: 'asc' }, take: mostItems }),
    db().indexDifference.count({ where: { runId, repaired: true } }),
  ]);
  const sum = sums[0] as Sums;
  return {
    id: String(runId),
    state: run.state,
    repair: run.repair,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    problem: run.problem,
    bucket: { keys: run.keys, versions: run.versions, bytes: run.bytes, checksum: hex(sum.bucketSum) },
    index: {
      keys: safeNumber(sum.indexKeys),
      versions: safeNumber(sum.indexVersions),
      bytes: safeNumber(sum.indexBytes),
      checksum: hex(sum.indexSum),
    },
    causes: run.drift as Record<string, number>,
    differences: run.differences,
    repaired,
    folders: folders.map((row) => ({
      path: row.path,
      keys: Number(row.bucketKeys - row.indexKeys),
      versions: Number(row.bucketVersions - row.indexVersions),
      bytes: Number(row.bucketBytes - row.indexBytes),
    })),
    folderCount,
    items: items.map(({ path, cause, repaired: done }) => ({ path, cause, repaired: done })),
  };
}

const hex = (sum: string) => BigInt(sum).toString(16).padStart(16, '0');
