import { db } from '#lib/db.ts';
import { applyListings } from '#lib/indexing/apply-listings.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { listVersionsOf } from '#lib/storage/list-versions-of.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import type { StepContext, StepResult } from './carry-out/step-context.ts';
import { inLanes } from './in-lanes.ts';
import { endItems, type JournalItem, takeItem } from './item-journal.ts';
import { actOn, endOf, failItem, type ItemRun, isStoreAway, settleItem } from './run-item.ts';
import type { OperationStep } from './steps.ts';

/** Steps that change only their own key. */
const kinds = new Set<OperationStep['kind']>(['copy-up', 'put-marker', 'remove-markers']);

/** Items that are looked at together: what a runner that dies leaves to be looked at, and what progress counts in. */
const size = 50;

/** Items that a dead runner left half-way are looked at one by one. */
export const isBatchable = (item: JournalItem): boolean => item.startedAt === null && kinds.has(item.step.kind);

type Listings = Map<string, ListedVersion[]>;
type Acted = { item: JournalItem } & (
  | { error: unknown }
  | { error?: undefined; context: StepContext; result: StepResult }
);

/**
 * Carries out items together. Each is looked at, changed and looked at again as if it were alone, but the looks of all are a few listings, and the
 * index and the journal are written together. The look before is older by some seconds than it would be alone; what slips in meanwhile is found
 * by the look after, and told. A runner that dies in the middle leaves items `running`, each of which is looked at by the next one.
 * @throws ClaimLost, database_unavailable
 */
export async function runBatches(run: ItemRun, items: JournalItem[], lanes: number): Promise<void> {
  for (let at = 0; at < items.length && !run.progress.stopped && !run.progress.away; at += size) {
    await runBatch(run, items.slice(at, at + size), lanes);
  }
}

async function runBatch(run: ItemRun, items: JournalItem[], lanes: number): Promise<void> {
  const { library, progress } = run;
  const keyOf = (item: JournalItem) => toKey(library, item.path);
  const before = listVersionsOf(library.bucket, items.map(keyOf));
  // Heard by the items, which fail or wait by it.
  before.catch(() => {});
  const after = Promise.withResolvers<Listings>();
  after.promise.catch(() => {});
  const acting: Promise<Acted>[] = [];
  const taken: string[] = [];
  await inLanes(items, lanes, async (item) => {
    progress.away ||= run.signal?.aborted ?? false;
    if (progress.stopped || progress.away) return;
    if (!(await takeItem(run.claim, item.position))) {
      progress.stopped = true;
      return;
    }
    taken.push(keyOf(item));
    // The lane is free as soon as the item has changed its key, and only waits to be looked at again.
    await new Promise<void>((free) => {
      const look = {
        before: async () => (await before).get(keyOf(item)) ?? [],
        after: async () => {
          free();
          return (await after.promise).get(keyOf(item)) ?? [];
        },
      };
      acting.push(act(run, item, look).finally(free));
    });
  });
  const ticket = await takeTicket();
  const listed = listVersionsOf(library.bucket, taken);
  listed.then(after.resolve, after.reject);
  const acted = await Promise.all(acting);
  await settle(run, acted, ticket, await listed.catch(() => new Map()));
}

async function act(run: ItemRun, item: JournalItem, look: StepContext['look']): Promise<Acted> {
  try {
    return { item, ...(await actOn(run, item, look)) };
  } catch (error) {
    // The others need not try.
    run.progress.away ||= isStoreAway(error);
    return { item, error };
  }
}

/** What went as planned and was met by the look after is written together; the rest one by one, with a look of its own. */
async function settle(run: ItemRun, acted: Acted[], ticket: bigint, listed: Listings): Promise<void> {
  const { claim, library, progress } = run;
  const together: { position: number; key: string; result: Exclude<StepResult, { state: 'waits' }> }[] = [];
  for (const one of acted) {
    const { item } = one;
    if ('context' in one && isSmooth(one.result) && listed.get(one.context.ref.key)?.length) {
      together.push({ position: item.position, key: one.context.ref.key, result: one.result });
    } else if ('context' in one) {
      try {
        await settleItem(run, item, one.context, one.result);
      } catch (error) {
        progress.away ||= !(await failItem(run, item, error));
      }
    } else progress.away ||= !(await failItem(run, item, one.error));
  }
  if (together.length === 0) return;
  const listings = new Map(together.map(({ key }) => [key, listed.get(key) ?? []]));
  await db().$transaction(async (tx) => {
    await applyListings(tx, library, ticket, listings);
    await endItems(
      tx,
      claim,
      together.map(({ position, result }) => ({ position, end: endOf(result) })),
    );
  });
}

const isSmooth = (result: StepResult): result is Extract<StepResult, { state: 'done' | 'skipped' }> =>
  result.state === 'done' || result.state === 'skipped';
