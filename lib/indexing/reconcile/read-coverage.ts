import { db } from '#lib/db.ts';
import { isCovered, planProgress, type ShardPlace } from '../plan-progress.ts';

export type Coverage = {
  /** 0 to 1. */
  progress: number;
  secondsLeft: number | null;
  /** Keys listed so far. */
  keys: number;
  covers: (folder: string) => boolean;
};

/** How far the first listing of a library is, or its listing anew; asked while `Library.indexedAt` is null. */
export async function readCoverage(libraryId: bigint): Promise<Coverage> {
  const shards = await db().$queryRaw<(ShardPlace & { keys: number; elapsed: number })[]>`
    SELECT s."after", s."upTo", s."marks", s."checkpoint", s."state" = 'done' AS "done", s."keys"::float8 AS "keys",
           extract(epoch FROM now() - r."startedAt")::float8 AS "elapsed"
    FROM "IndexRun" r JOIN "IndexShard" s ON s."runId" = r."id"
    WHERE r."libraryId" = ${libraryId} AND r."state" = 'running' ORDER BY s."position"`;
  return {
    ...planProgress(shards, shards[0]?.elapsed ?? 0),
    keys: shards.reduce((total, shard) => total + shard.keys, 0),
    covers: (folder) => shards.length > 0 && isCovered(shards, folder),
  };
}
