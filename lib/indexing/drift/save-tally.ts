import { Prisma, type Tx } from '#lib/db.ts';
import type { Tally } from './tally.ts';

const modulus = Prisma.sql`18446744073709551616`;

/** Adds what a window counted to its shard and its folders; of the folders only those whose sides differ. In the transaction of the window. */
export async function saveTally(tx: Tx, runId: bigint, position: number, tally: Tally): Promise<void> {
  const { bucket, index } = tally;
  await tx.$executeRaw`
    UPDATE "IndexShard" SET "indexKeys" = "indexKeys" + ${index.keys}, "indexVersions" = "indexVersions" + ${index.versions},
      "indexBytes" = "indexBytes" + ${index.bytes}, "bucketSum" = ("bucketSum" + ${String(bucket.sum)}::numeric) % ${modulus},
      "indexSum" = ("indexSum" + ${String(index.sum)}::numeric) % ${modulus}
    WHERE "runId" = ${runId} AND "position" = ${position}`;
  const differing = [...tally.folders].filter(([, sides]) => sides.bucket.sum !== sides.index.sum);
  if (differing.length === 0) return;
  const rows = differing.map(([path, { bucket: b, index: i }]) => ({
    path,
    bucketKeys: b.keys,
    bucketVersions: b.versions,
    bucketBytes: b.bytes,
    bucketSum: String(b.sum),
    indexKeys: i.keys,
    indexVersions: i.versions,
    indexBytes: i.bytes,
    indexSum: String(i.sum),
  }));
  await tx.$executeRaw`
    INSERT INTO "FolderDrift" AS f ("runId", "path", "bucketKeys", "bucketVersions", "bucketBytes", "bucketSum",
                                    "indexKeys", "indexVersions", "indexBytes", "indexSum")
    SELECT ${runId}::bigint, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      "path" text, "bucketKeys" bigint, "bucketVersions" bigint, "bucketBytes" bigint, "bucketSum" numeric,
      "indexKeys" bigint, "indexVersions" bigint, "indexBytes" bigint, "indexSum" numeric)
    ORDER BY r."path" COLLATE "C"
    ON CONFLICT ("runId", "path") DO UPDATE SET
      "bucketKeys" = f."bucketKeys" + EXCLUDED."bucketKeys", "bucketVersions" = f."bucketVersions" + EXCLUDED."bucketVersions",
      "bucketBytes" = f."bucketBytes" + EXCLUDED."bucketBytes", "bucketSum" = (f."bucketSum" + EXCLUDED."bucketSum") % ${modulus},
      "indexKeys" = f."indexKeys" + EXCLUDED."indexKeys", "indexVersions" = f."indexVersions" + EXCLUDED."indexVersions",
      "indexBytes" = f."indexBytes" + EXCLUDED."indexBytes", "indexSum" = (f."indexSum" + EXCLUDED."indexSum") % ${modulus}`;
}
