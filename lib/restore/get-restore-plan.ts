import { safeNumber } from '#lib/assets/safe-number.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { requirePrices } from '#lib/cost/require-prices.ts';
import { db } from '#lib/db.ts';
import { kindOfItem } from './kind-sql.ts';
import { ratesOf } from './rates-of.ts';
import { requirePlan } from './require-plan.ts';
import { type PlanKind, type RestoreKind, type RestorePlan, restoreKinds } from './schema.ts';

/**
 * A planned restore to a moment in numbers: each kind with its files and bytes, and the prices that its cost follows from.
 * @throws AppError not_found, wrong_state when it is no plan any more
 */
export async function getRestorePlan(actor: Actor, input: { id: string }): Promise<{ plan: RestorePlan }> {
  const operation = await requirePlan(actor, input.id);
  const [kinds, { prices }] = await Promise.all([readKinds(operation.id), requirePrices(operation.libraryId)]);
  return { plan: { kinds, unchanged: operation.plan.counts.unchanged, rates: ratesOf(prices) } };
}

async function readKinds(operationId: bigint): Promise<PlanKind[]> {
  const rows = await db().$queryRaw<{ kind: RestoreKind; storageClass: string | null; count: number; bytes: bigint }[]>`
    SELECT k."kind", CASE WHEN k."kind" IN ('copy', 'thaw') THEN coalesce(v."storageClass", 'STANDARD') END AS "storageClass",
      count(*)::int AS "count", sum(i."bytes")::bigint AS "bytes"
    FROM "OperationItem" i
    CROSS JOIN LATERAL (SELECT ${kindOfItem} AS "kind") k
    JOIN "Operation" o ON o."id" = i."operationId"
    LEFT JOIN "Asset" a ON k."kind" IN ('copy', 'thaw') AND a."libraryId" = o."libraryId" AND a."path" = i."path"
    LEFT JOIN LATERAL (
      SELECT r."storageClass" FROM "Version" r WHERE r."assetId" = a."id" AND r."versionId" = i."step"->'source'->>'versionId'
      ORDER BY r."seq" DESC LIMIT 1) v ON TRUE
    WHERE i."operationId" = ${operationId} GROUP BY 1, 2 ORDER BY 2`;
  return restoreKinds.flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    if (own.length === 0) return [];
    const classes = own.flatMap(({ storageClass, count, bytes }) =>
      storageClass === null ? [] : [{ storageClass, count, bytes: safeNumber(bytes) }],
    );
    const sum = (of: (row: (typeof own)[0]) => number) => own.reduce((all, row) => all + of(row), 0);
    return [{ kind, count: sum((row) => row.count), bytes: sum((row) => safeNumber(row.bytes)), classes }];
  });
}
