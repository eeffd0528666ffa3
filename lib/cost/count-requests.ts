import { safeNumber } from '#lib/assets/safe-number.ts';
import { db } from '#lib/db.ts';
import type { MeasuredRequests } from './schema.ts';

/** What the records of the last 30 days say was done in a library: each upload and each item of a change is some requests to the store. */
export async function countRequests(libraryId: bigint): Promise<MeasuredRequests> {
  const [[uploads], [items]] = await Promise.all([
    db().$queryRaw<[{ singles: bigint; multiparts: bigint; parts: bigint }]>`
      SELECT count(*) FILTER (WHERE "kind" = 'single') AS "singles", count(*) FILTER (WHERE "kind" = 'multipart') AS "multiparts",
        coalesce(sum("partCount") FILTER (WHERE "kind" = 'multipart'), 0)::bigint AS "parts"
      FROM "Upload" WHERE "libraryId" = ${libraryId} AND "state" = 'completed' AND "completedAt" > now() - interval '30 days'`,
    db().$queryRaw<[{ items: bigint; copies: bigint }]>`
      SELECT count(*) AS "items", count(*) FILTER (WHERE i."step"->>'kind' IN ('copy-up', 'copy-to', 'reencrypt')) AS "copies"
      FROM "Operation" o JOIN "OperationItem" i ON i."operationId" = o."id"
      WHERE o."libraryId" = ${libraryId} AND i."state" = 'done' AND i."finishedAt" > now() - interval '30 days'
        AND o."createdAt" > now() - interval '90 days'`,
  ]);
  return {
    singles: safeNumber(uploads.singles),
    multiparts: safeNumber(uploads.multiparts),
    parts: safeNumber(uploads.parts),
    items: safeNumber(items.items),
    copies: safeNumber(items.copies),
  };
}
