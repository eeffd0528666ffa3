import { db, type Tx } from '#lib/db.ts';
import type { Claim } from './claim.ts';
import { type OperationStep, operationStep, type StepOutcome } from './steps.ts';
import type { ItemState } from './stored-types.ts';

export type JournalItem = {
  position: number;
  path: string;
  fromPath: string | null;
  /** Of the file. */
  bytes: bigint;
  step: OperationStep;
  startedAt: Date | null;
};
export type ItemEnd = {
  state: Exclude<ItemState, 'pending' | 'running'>;
  outcome?: StepOutcome | null | undefined;
  versionId?: string | null | undefined;
  errorCode?: string;
  errorDetail?: string;
};

/** Thrown inside a run when its claim is gone: another runner has taken over, and this one must not write any more. */
export class ClaimLost extends Error {}

/**
 * The next items in a state, in the order of their keys: `running` ones were left by a runner that died, `pending` ones were not begun.
 * @param after position of the last one that was handed out before; -1: from the beginning
 */
export async function nextItems(
  claim: Claim,
  state: 'running' | 'pending',
  after: number,
  limit: number,
): Promise<JournalItem[]> {
  const rows = await db().$queryRaw<(Omit<JournalItem, 'step'> & { step: unknown })[]>`
    SELECT "position", "path", "fromPath", "bytes", "step", "startedAt" FROM "OperationItem"
    WHERE "operationId" = ${claim.operationId} AND "state" = ${state}::"ItemState" AND "position" > ${after}
      AND ("waitsUntil" IS NULL OR "waitsUntil" <= now())
    ORDER BY "position" LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, step: operationStep.parse(row.step) }));
}

/**
 * Puts an item back until its archived source may be thawed: nothing was changed at its key.
 * @throws ClaimLost
 */
export async function letItemWait(claim: Claim, position: number, until: Date): Promise<void> {
  const count = await db().$executeRaw`
    UPDATE "OperationItem" i SET "state" = 'pending', "startedAt" = NULL, "waitsUntil" = ${until}
    FROM "Operation" o WHERE o."id" = i."operationId" AND i."operationId" = ${claim.operationId} AND i."position" = ${position}
      AND i."state" = 'running' AND o."claimedBy" = ${claim.token}`;
  if (count !== 1) throw new ClaimLost();
}

/** When the first of the items is to be looked at, where all that are left wait for a thaw; else null. */
export async function nextWaitOf(operationId: bigint): Promise<Date | null> {
  const rows = await db().$queryRaw<{ until: Date | null }[]>`
    SELECT CASE WHEN bool_and("waitsUntil" IS NOT NULL) THEN min("waitsUntil") END AS "until" FROM "OperationItem"
    WHERE "operationId" = ${operationId} AND "state" IN ('pending', 'running')`;
  return rows[0]?.until ?? null;
}

/** @returns false when the run was cancelled or paused or has lost its claim: the item is not touched then, unless it is half done */
export async function takeItem(claim: Claim, position: number): Promise<boolean> {
  return (await takeItems(claim, [position])).size === 1;
}

/** `takeItem` for some items in one statement. @returns positions of those that were taken */
export async function takeItems(
  claim: Claim,
  positions: number[],
  tx: Pick<Tx, '$queryRaw'> = db(),
): Promise<Set<number>> {
  const rows = await tx.$queryRaw<{ position: number }[]>`
    UPDATE "OperationItem" i SET "state" = 'running', "startedAt" = COALESCE(i."startedAt", now())
    FROM "Operation" o WHERE o."id" = i."operationId" AND i."operationId" = ${claim.operationId} AND i."position" = ANY(${positions})
      AND i."state" IN ('pending', 'running') AND o."claimedBy" = ${claim.token} AND ((o."cancelRequestedAt" IS NULL AND o."pausedAt" IS NULL) OR i."state" = 'running')
    RETURNING i."position"`;
  return new Set(rows.map((row) => row.position));
}

/**
 * @param tx with further rows of the same outcome
 * @throws ClaimLost
 */
export async function endItem(
  claim: Claim,
  position: number,
  end: ItemEnd,
  tx: Pick<Tx, '$executeRaw'> = db(),
): Promise<void> {
  await endItems(tx, claim, [{ position, end }]);
}

/**
 * The same for many, in one statement. The positions are said twice: else Postgres, which knows nothing of a fresh operation, goes through all
 * its unfinished items each time.
 * @throws ClaimLost
 */
export async function endItems(
  tx: Pick<Tx, '$executeRaw'>,
  claim: Claim,
  ends: { position: number; end: ItemEnd }[],
): Promise<void> {
  const rows = ends.map(({ position, end }) => ({ position, ...end, outcome: end.outcome ?? null }));
  const positions = ends.map(({ position }) => position);
  const count = await tx.$executeRaw`
    UPDATE "OperationItem" i SET "state" = r."state"::"ItemState", "outcome" = r."outcome", "versionId" = r."versionId",
      "errorCode" = r."errorCode", "errorDetail" = r."errorDetail", "finishedAt" = now()
    FROM "Operation" o, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("position" int, "state" text, "outcome" jsonb, "versionId" text,
      "errorCode" text, "errorDetail" text)
    WHERE o."id" = i."operationId" AND i."operationId" = ${claim.operationId} AND i."position" = r."position" AND i."position" = ANY(${positions})
      AND i."state" IN ('pending', 'running') AND o."claimedBy" = ${claim.token}`;
  if (count !== ends.length) throw new ClaimLost();
}
