import { hasRole, roleAt } from '#lib/auth/access.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';
import { getVersioning } from '#lib/storage/buckets.ts';
import { purgesHere } from '#lib/storage/purge-right.ts';
import { type Claim, claimOperation } from './claim.ts';
import { currentActor } from './current-actor.ts';
import { endState } from './end-state.ts';
import { findOperation } from './find-operation.ts';
import { inLanes } from './in-lanes.ts';
import { enqueueRun } from './insert-operation.ts';
import { ClaimLost, type JournalItem, nextItems, takeItem } from './item-journal.ts';
import { placesOf } from './item-rights.ts';
import { restOperation } from './rest-operation.ts';
import { Batches, isBatchable } from './run-batch.ts';
import { type ItemRun, isStoreAway, type Refusal, runItem } from './run-item.ts';
import type { StoredOperation } from './stored-types.ts';
import { isTaggable, tagTogether } from './tag-together.ts';

/** Items between two checks of the actor's grants and the bucket's versioning (DESIGN section 5). */
const batchSize = 100;
/** Items at once. */
const lanes = 8;
/** Milliseconds before a run that the store's absence stopped is taken up again. */
const retryAfter = 5_000;

/**
 * `busy`: it has ended or another runner is alive. `interrupted`: the store is away; a job goes on with it. `resting`: somebody paused it, or
 * all that is left is being thawed.
 */
export type RunEnd = 'ended' | 'busy' | 'interrupted' | 'resting';

/**
 * Runs an operation to its end, in a request or in the worker. Safe to call at any time: one runner holds the claim, finished
 * items are not repeated, and an item that a dead runner left half-way is looked at before anything is done.
 * @param signal the process wants to stop: the rest is left to another one
 */
export async function runOperation(operationId: bigint, signal?: AbortSignal): Promise<RunEnd> {
  const claim = await claimOperation(operationId);
  if (!claim) return 'busy';
  try {
    const operation = await findOperation(operationId);
    if (!operation) return 'busy';
    const library = await requireLibraryById(operation.libraryId);
    const whole = await runItems(claim, operation, library, signal);
    if (!whole) return await interrupt(claim, operation);
    if (await restOperation(claim, operation)) return 'resting';
    await finish(claim, operation);
    return 'ended';
  } catch (error) {
    if (error instanceof ClaimLost) return 'busy';
    throw error;
  } finally {
    claim.release();
  }
}

/** @returns false when the store is away or the process stops; true when nothing is left to do, or was told to stop */
async function runItems(
  claim: Claim,
  operation: StoredOperation,
  library: LibraryContext,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const progress = { stopped: false, away: false };
  const runWith = async (): Promise<ItemRun> => {
    const refused = await batchRefusal(operation, library);
    return { claim, operation, library, refused, progress, signal };
  };
  // First what a dead runner left half-way: it is finished also when the operation was cancelled.
  for (let after = -1; ; ) {
    const items = await nextItems(claim, 'running', after, batchSize);
    after = items.at(-1)?.position ?? -1;
    if (after === -1) break;
    await runEach(await runWith(), items);
    if (progress.away) return false;
    if (progress.stopped) return true;
  }
  const batches = new Batches(lanes);
  try {
    for (let after = -1; ; ) {
      const items = await nextItems(claim, 'pending', after, batchSize);
      const from = after;
      after = items.at(-1)?.position ?? -1;
      if (after === -1) {
        await batches.settled();
        if (progress.away) return false;
        // Once more from the beginning: the thaw of what was put back may be due by now.
        if (progress.stopped || from === -1) return true;
        continue;
      }
      const run = await runWith();
      const tags = items.filter((item) => isTaggable(item, run));
      await tagTogether(run, tags);
      const tagged = new Set<JournalItem>(tags);
      await runEach(
        run,
        items.filter((item) => !isBatchable(item) && !tagged.has(item)),
      );
      await batches.run(run, items.filter(isBatchable));
      if (progress.away || progress.stopped) await batches.settled();
      if (progress.away) return false;
      if (progress.stopped) return true;
      await db().$transaction((tx) => recordChange(tx, library.id, 'operation', operation.id, operation.plan.scope));
    }
  } finally {
    await batches.settled();
  }
}

/** One by one, so many at once, until somebody stops it or the store is away. */
async function runEach(run: ItemRun, items: JournalItem[]): Promise<void> {
  const { claim, progress, signal } = run;
  await inLanes(items, lanes, async (item) => {
    progress.away ||= signal?.aborted ?? false;
    if (progress.stopped || progress.away) return;
    if (!(await takeItem(claim, item.position))) {
      progress.stopped = true;
      return;
    }
    progress.away ||= !(await runItem(run, item));
  });
}

/** What speaks against going on: rights that were taken away, or versioning that was switched off so that a delete would destroy. */
async function batchRefusal(operation: StoredOperation, library: LibraryContext): Promise<Refusal> {
  const [actor, versioning] = await Promise.all([
    currentActor(operation.userId),
    getVersioning(library.bucket).catch(storeAway),
  ]);
  if (versioning !== null && versioning !== 'enabled') {
    const reason = new AppError(
      'wrong_state',
      `Versioning of the bucket is ${versioning} now, so this could lose what was there. An admin must switch it on.`,
    );
    return () => reason;
  }
  const { role } = operation.params;
  return (item) => {
    const missing = placesOf(item, role).find((place) => !hasRole(actor, library.id, place.path, place.role));
    if (!missing) return null;
    const held = roleAt(actor, library.id, missing.path);
    return new AppError(
      'forbidden',
      `The role ${missing.role} is needed there; it was ${held ?? 'taken away'} when this item's turn came.`,
    );
  };
}

/** A store that is away refuses nothing: the item itself finds out, and waits. */
function storeAway(error: unknown): null {
  if (isStoreAway(error)) return null;
  throw error;
}

async function interrupt(claim: Claim, operation: StoredOperation): Promise<RunEnd> {
  await db().$transaction(async (tx) => {
    const count = await tx.$executeRaw`
      UPDATE "Operation" SET "state" = 'queued', "claimedBy" = NULL, "heartbeatAt" = NULL
      WHERE "id" = ${claim.operationId} AND "claimedBy" = ${claim.token}`;
    // A process that may not remove versions hands the rest to one that may: at once.
    const wait = purgesHere() ? retryAfter : 0;
    if (count === 1) await enqueueRun(tx, claim.operationId, new Date(Date.now() + wait));
    await recordChange(tx, operation.libraryId, 'operation', operation.id, operation.plan.scope);
  });
  return 'interrupted';
}

/** The end state from the journal: all well, some, none, or cancelled with items left. @throws ClaimLost */
async function finish(claim: Claim, operation: StoredOperation): Promise<void> {
  await db().$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ state: string; count: number }[]>`
      SELECT "state"::text AS "state", count(*)::int AS "count" FROM "OperationItem" WHERE "operationId" = ${operation.id} GROUP BY "state"`;
    const state = endState(new Map(rows.map((row) => [row.state, row.count])));
    const count = await tx.$executeRaw`
      UPDATE "Operation" SET "state" = ${state}::"OperationState", "finishedAt" = now(), "claimedBy" = NULL
      WHERE "id" = ${operation.id} AND "claimedBy" = ${claim.token}`;
    if (count !== 1) throw new ClaimLost();
    const waiting = await tx.operation.findMany({
      where: { afterId: operation.id, state: 'queued' },
      select: { id: true },
    });
    for (const { id } of waiting) await enqueueRun(tx, id);
    await recordChange(tx, operation.libraryId, 'operation', operation.id, operation.plan.scope);
  });
}
