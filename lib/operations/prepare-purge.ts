import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { planPurge } from './plan-purge.ts';
import type { PlannedItem } from './plan-summary.ts';
import type { OperationParams } from './schema.ts';
import type { SelectedAsset } from './selected.ts';

/**
 * What deleting for ever would take, and what it frees: the bytes of all versions.
 * @throws AppError invalid_request without the number of files that the person was told, wrong_state when it is another one now
 */
export async function preparePurge(
  assets: SelectedAsset[],
  { expectedCount }: OperationParams,
): Promise<PlannedItem[]> {
  const trashed = assets.filter((asset) => asset.state === 'trashed');
  if (expectedCount === undefined) {
    throw new AppError('invalid_request', 'params.expectedCount says how many files are to be deleted for ever.');
  }
  if (trashed.length !== expectedCount) {
    const count = (number: number) => number.toLocaleString('en');
    throw new AppError(
      'wrong_state',
      `There are ${count(trashed.length)} files there now and not ${count(expectedCount)}. Look again, then decide.`,
    );
  }
  const ids = trashed.map((asset) => asset.id);
  const rows = await db().$queryRaw<{ id: bigint; bytes: bigint }[]>`
    SELECT "assetId" AS "id", sum("size")::bigint AS "bytes" FROM "Version"
    WHERE "assetId" = ANY(${ids}) AND "removedAt" IS NULL GROUP BY "assetId"`;
  return planPurge(assets, new Map(rows.map((row) => [row.id, Number(row.bytes)])));
}
