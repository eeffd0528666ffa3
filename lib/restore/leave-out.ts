import type { Tx } from '#lib/db.ts';
import { kindOfItem } from './kind-sql.ts';
import type { KindChoice } from './schema.ts';

/**
 * Takes out of a plan what was not chosen when it was started: those items are skipped and say so. Kinds that are not named stay in.
 * @returns how many were left out
 */
export async function leaveOut(
  tx: Pick<Tx, '$executeRaw'>,
  operationId: bigint,
  choices: KindChoice[],
): Promise<number> {
  let left = 0;
  for (const { kind, all, except } of choices) {
    left += await tx.$executeRaw`
      UPDATE "OperationItem" i SET "state" = 'skipped', "finishedAt" = now(), "errorCode" = 'left_out',
        "errorDetail" = 'It was left out when the restore was started.'
      WHERE i."operationId" = ${operationId} AND i."state" = 'pending' AND ${kindOfItem} = ${kind}
        AND (i."position" = ANY(${except}::int[])) = ${all}`;
  }
  return left;
}
