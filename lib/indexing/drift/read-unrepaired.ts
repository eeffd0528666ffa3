import { safeNumber } from '#lib/assets/safe-number.ts';
import { db } from '#lib/db.ts';
import { kept } from '#lib/kept.ts';

/** Milliseconds that an answer serves every listing of this process. */
const keepMs = 2_000;

/** How many differences between bucket and index the last comparison found and left, and nobody repaired since; at most 2 s old. */
export function readUnrepaired(libraryId: bigint): Promise<number> {
  return kept(`unrepaired ${libraryId}`, keepMs, () => readUnrepairedNow(libraryId));
}

/** The same, now. A comparison that repairs leaves nothing; one that is under way says nothing yet. */
export async function readUnrepairedNow(libraryId: bigint): Promise<number> {
  const rows = await db().$queryRaw<{ left: bigint }[]>`
    SELECT CASE WHEN last."repair" THEN 0 ELSE (
             SELECT coalesce(sum(cause.value::bigint), 0) FROM "IndexShard" s, jsonb_each_text(s."drift") cause WHERE s."runId" = last."id"
           ) - (SELECT count(*) FROM "IndexDifference" d WHERE d."runId" = last."id" AND d."repaired") END::bigint AS "left"
    FROM (SELECT r."id", r."repair" FROM "IndexRun" r WHERE r."libraryId" = ${libraryId} AND r."state" = 'done'
          ORDER BY r."id" DESC LIMIT 1) last`;
  return safeNumber(rows[0]?.left ?? 0n);
}
