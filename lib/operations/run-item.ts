import { db } from '#lib/db.ts';
import { isDatabaseAway } from '#lib/db-errors.ts';
import { AppError } from '#lib/errors.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { isAccessDenied } from '#lib/storage/store-errors.ts';
import { carryOutStep, keysOf } from './carry-out/carry-out-step.ts';
import { type StepContext, stepContext } from './carry-out/step-context.ts';
import type { StepResult } from './carry-out/step-result.ts';
import type { Claim } from './claim.ts';
import { ClaimLost, endItem, type ItemEnd, type JournalItem, letItemWait } from './item-journal.ts';
import type { StoredOperation } from './stored-types.ts';

/** Milliseconds for which a run that the store's absence stops is taken up again. */
const giveUpAfter = 60 * 60_000;

/** Why an item may not be carried out any more; null: it may. */
export type Refusal = (item: JournalItem) => AppError | null;
/** What the items of one run share. `stopped`: somebody cancelled or paused it; `away`: the store does not answer, or the process stops. */
export type ItemRun = {
  claim: Claim;
  operation: StoredOperation;
  library: LibraryContext;
  refused: Refusal;
  progress: { stopped: boolean; away: boolean };
  signal: AbortSignal | undefined;
};

/** @returns false when the store is away: the item keeps its state, and the next run looks at what became of it */
export async function runItem(run: ItemRun, item: JournalItem): Promise<boolean> {
  try {
    const { context, result } = await actOn(run, item);
    await settleItem(run, item, context, result);
    return true;
  } catch (error) {
    return failItem(run, item, error);
  }
}

/** Does the step of an item that was taken. @throws what stood in the way */
export async function actOn(
  { operation, library, refused }: ItemRun,
  item: JournalItem,
  by?: Pick<StepContext, 'look' | 'act'>,
): Promise<{ context: StepContext; result: StepResult }> {
  const refusal = refused(item);
  // A half-done item is looked at even so: what was done is journaled, and nothing more is done.
  if (refusal && item.startedAt === null) throw refusal;
  const context = stepContext(operation.id, library, item.path, item.startedAt, refusal, operation.params.thaw, by);
  return { context, result: await carryOutStep(context, item.step) };
}

/** Brings the index up to date and journals what became of an item. @throws ClaimLost */
export async function settleItem(
  { claim, library }: ItemRun,
  item: JournalItem,
  context: StepContext,
  result: StepResult,
): Promise<void> {
  if (result.state === 'waits') return letItemWait(claim, item.position, result.until);
  // The index first: a finished item is one that people see as it is.
  for (const key of keysOf(context, item.step)) await syncKey(library, key);
  const end = endOf(result);
  if (result.state !== 'done' || !result.record) return endItem(claim, item.position, end);
  const { record, outcome } = result;
  const { operationId } = context;
  await db().$transaction(async (tx) => {
    const [kept] = await record(tx, { operationId, library }, [{ ...item, outcome }]);
    await endItem(claim, item.position, { ...end, outcome: kept }, tx);
  });
}

export function endOf(result: Exclude<StepResult, { state: 'waits' }>): ItemEnd {
  return {
    state: result.state,
    ...('outcome' in result ? { outcome: result.outcome, versionId: result.versionId } : {}),
    ...(result.state === 'conflict' ? { errorCode: result.code, errorDetail: result.detail } : {}),
  };
}

/**
 * Journals why an item failed.
 * @returns false when the store is away: then nothing is journaled
 * @throws ClaimLost, and what says that the database is away
 */
export async function failItem({ claim, operation }: ItemRun, item: JournalItem, error: unknown): Promise<boolean> {
  if (error instanceof ClaimLost || isDatabaseAway(error)) throw error;
  const young = Date.now() - (operation.startedAt ?? operation.createdAt).getTime() < giveUpAfter;
  if (isStoreAway(error) && young) return false;
  const known = error instanceof AppError ? error : null;
  if (!known)
    log().error(
      { err: error, operationId: String(claim.operationId), position: item.position },
      'an item of an operation failed',
    );
  await endItem(claim, item.position, {
    state: 'failed',
    errorCode: known?.code ?? 'internal',
    errorDetail: known?.detail ?? 'Something failed on our side. The log holds the reason.',
  });
  return true;
}

/** The store does not answer, or is busy: worth waiting. Keys or rights that it refuses are not. */
export function isStoreAway(error: unknown): boolean {
  return (
    error instanceof AppError &&
    error.code === 'store_unavailable' &&
    !isAccessDenied(error) &&
    (error.retryAfter ?? 0) < 60
  );
}
