import { db } from '#lib/db.ts';

/** A place in the order of changes: (writing transaction, row). */
export type ChangePosition = { xid: string; id: string };
export type ChangeRow = { xid: bigint; id: bigint; kind: string; refId: string; path: string };

/** Rows read at once. A page that rests 3 s between two questions keeps up with 600 changes a second. */
const batch = 2_000;

/**
 * Changes after a position whose transaction, and every older one, has ended. Row ids are given out before a commit, so reading by id
 * alone would skip a row of a transaction that commits late; the oldest running transaction is the line up to which nothing can appear.
 * @returns `pending` when changes above that line are committed already: look again soon, nobody notifies when the line moves
 */
export async function readChanges(
  libraryId: bigint,
  after: ChangePosition,
): Promise<{ rows: ChangeRow[]; pending: boolean; full: boolean }> {
  const rows = await db().$queryRaw<(ChangeRow & { settled: boolean })[]>`
    SELECT c."xid", c."id", c."kind", c."refId", c."path",
           c."xid" < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "settled"
    FROM "Change" c
    WHERE c."libraryId" = ${libraryId} AND (c."xid", c."id") > (${after.xid}::bigint, ${after.id}::bigint)
    ORDER BY c."xid", c."id"
    LIMIT ${batch}`;
  const settled = rows.filter((row) => row.settled);
  return { rows: settled, pending: settled.length < rows.length, full: settled.length === batch };
}

/** Everything that is settled now counts as read from here. */
export async function presentPosition(): Promise<ChangePosition> {
  const rows = await db().$queryRaw<{ xid: bigint }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "xid"`;
  return { xid: String(rows[0]?.xid ?? 0n), id: '0' };
}
