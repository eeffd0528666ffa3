import { readIndexAge } from '#lib/assets/read-index-age.ts';
import { safeNumber } from '#lib/assets/safe-number.ts';
import { requireAnyLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { isFromSetup } from '#lib/libraries/remove-library.ts';
import { indexRunView } from './index-run-view.ts';
import { readRunReport } from './reconcile/read-run-report.ts';
import type { LibraryIndex } from './schema.ts';

/** The index of each library whose root the actor administers, by name. @throws AppError forbidden when there is none */
export async function getIndex(actor: Actor): Promise<{ libraries: LibraryIndex[] }> {
  requireAnyLibraryAdmin(actor);
  const ids = actor.grants
    .filter(({ prefix, role }) => prefix === '' && role === 'admin')
    .map((grant) => grant.libraryId);
  const rows = await db().$queryRaw<Row[]>`
    SELECT l."id", l."slug", l."name", l."bucket", l."rootPrefix", l."versioning", l."indexedAt",
      (SELECT r."id" FROM "IndexRun" r WHERE r."libraryId" = l."id" AND r."state" = 'running') AS "runningId",
      (SELECT r."id" FROM "IndexRun" r WHERE r."libraryId" = l."id" AND r."state" = 'done' ORDER BY r."id" DESC LIMIT 1) AS "lastId",
      coalesce(f."assetCount", 0) + d."assetCount" AS "assetCount", coalesce(f."bytes", 0) + d."bytes" AS "bytes"
    FROM "Library" l LEFT JOIN "Folder" f ON f."libraryId" = l."id" AND f."path" = ''
    CROSS JOIN LATERAL (
      SELECT coalesce(sum("assetCount"), 0)::bigint AS "assetCount", coalesce(sum("bytes"), 0)::bigint AS "bytes"
      FROM "FolderDelta" WHERE "libraryId" = l."id"
    ) d
    WHERE l."id" = ANY(${ids}) ORDER BY lower(l."name"), l."id"`;
  return { libraries: await Promise.all(rows.map(toView)) };
}

type Row = {
  id: bigint;
  slug: string;
  name: string;
  bucket: string;
  rootPrefix: string;
  versioning: string;
  indexedAt: Date | null;
  runningId: bigint | null;
  lastId: bigint | null;
  assetCount: bigint;
  bytes: bigint;
};

async function toView(row: Row): Promise<LibraryIndex> {
  const [running, last, age] = await Promise.all([viewOf(row.runningId), viewOf(row.lastId), readIndexAge(row)]);
  return {
    slug: row.slug,
    name: row.name,
    bucket: row.bucket,
    rootPrefix: row.rootPrefix,
    versioning: row.versioning as LibraryIndex['versioning'],
    fromSetup: isFromSetup(row),
    state: age.state,
    lagSeconds: age.lagSeconds,
    checkedAt: age.checkedAt,
    differences: age.differences,
    assetCount: safeNumber(row.assetCount),
    bytes: safeNumber(row.bytes),
    running,
    last,
  };
}

const viewOf = async (id: bigint | null) => (id === null ? null : indexRunView(await readRunReport(id)));
