import { db } from '#lib/db.ts';
import { applyListings } from '#lib/indexing/apply-listings.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { listVersionsOf } from '#lib/storage/list-versions-of.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import type { StepContext, StepResult } from './carry-out/step-context.ts';
import { inLanes } from './in-lanes.ts';
import { endItems, type JournalItem, takeItems } from './item-journal.ts';
import { actOn, endOf, failItem, type ItemRun, isStoreAway, settleItem } from './run-item.ts';
import type { OperationStep } from './steps.ts';

/** Steps that change only their own key. */
const kinds = new Set<OperationStep['kind']>(['copy-up', 'put-marker', 'remove-markers']);

/** Items that are taken in one statement. A cancel waits for no more than these and those in the lanes. */
const takenAhead = 20;

/** Items that a dead runner left half-way are looked at one by one. */
export const isBatchable = (item: JournalItem): boolean => item.startedAt === null && kinds.has(item.step.kind);

type Listings = Map<string, ListedVersion[]>;
type Acted = { item: JournalItem } & (
  | { error: unknown }
  | { error?: undefined; context: StepContext; result: StepResult }
);

/**
 * Carries out items together, batch by batch. Each item is looked at, changed and looked at again as if it were alone, but the looks of all are a
 * few listings, and the index and the journal are written together. The look before is older by some seconds than it would be alone; what slips
 * in meanwhile is found by the look after, and told. While the keys of one batch are changed, the one before is looked at again and written. A
 * runner that dies in the middle leaves the items of two batches `running`, each of which is looked at by the next one.
 */
export class Batches {
  readonly #lanes: number;
  #settling: Promise<void> = Promise.resolve();

  constructor(lanes: number) {
    this.#lanes = lanes;
  }

  /**
   * Changes the keys of these items; the batch before is written when this resolves, and this one once the next one is, or `settled`.
   * @throws ClaimLost, database_unavailable
   */
  async run(run: ItemRun, items: JournalItem[]): Promise<void> {
    if (items.length === 0) return;
    const changed = await changeKeys(run, items, this.#lanes);
    await this.#settling;
    this.#settling = settleBatch(run, changed);
    // Heard by whoever waits for it next.
    this.#settling.catch(() => {});
  }

  /** @throws ClaimLost, database_unavailable */
  settled(): Promise<void> {
    return this.#settling;
  }
}

/** Items whose keys were changed, or that failed before that, and what still waits for the look after. */
type Changed = { keys: string[]; acting: Promise<Acted>[]; look: PromiseWithResolvers<Listings> };

async function changeKeys(run: ItemRun, items: JournalItem[], lanes: number): Promise<Changed> {
  const { library } = run;
  const keyOf = (item: JournalItem) => toKey(library, item.path);
  const before = listVersionsOf(library.bucket, items.map(keyOf));
  // Heard by the items, which fail or wait by it.
  before.catch(() => {});
  const changed: Changed = { keys: [], acting: [], look: Promise.withResolvers() };
  changed.look.promise.catch(() => {});
  const next = takeAhead(run, items);
  await inLanes(Array.from({ length: lanes }), lanes, async () => {
    for (let item = await next(); item; item = await next()) {
      const key = keyOf(item);
      changed.keys.push(key);
      // The lane is free as soon as the item has changed its key, and only waits to be looked at again.
      const free = Promise.withResolvers<void>();
      const look = {
        before: async () => (await before).get(key) ?? [],
        after: async () => {
          free.resolve();
          return (await changed.look.promise).get(key) ?? [];
        },
      };
      changed.acting.push(act(run, item, look).finally(free.resolve));
      await free.promise;
    }
  });
  return changed;
}

/** Gives the items one by one, each taken in the journal before; null at the end, and when somebody cancelled or paused, or the store is away. */
function takeAhead({ claim, progress, signal }: ItemRun, items: JournalItem[]): () => Promise<JournalItem | null> {
  const ready: JournalItem[] = [];
  let at = 0;
  let taking: Promise<void> | null = null;
  const takeMore = async () => {
    const some = items.slice(at, at + takenAhead);
    at += some.length;
    const taken = await takeItems(
      claim,
      some.map(({ position }) => position),
    );
    ready.push(...some.filter(({ position }) => taken.has(position)));
    progress.stopped ||= taken.size < some.length;
  };
  return async () => {
    for (;;) {
      progress.away ||= signal?.aborted ?? false;
      if (progress.away) return null;
      const item = ready.shift();
      // One that was taken is carried out, whatever somebody has asked for since.
      if (item) return item;
      if (taking === null && (progress.stopped || at >= items.length)) return null;
      taking ??= takeMore().finally(() => {
        taking = null;
      });
      await taking;
    }
  };
}

async function settleBatch(run: ItemRun, { keys, acting, look }: Changed): Promise<void> {
  const ticket = await takeTicket();
  const listed = listVersionsOf(run.library.bucket, keys);
  listed.then(look.resolve, look.reject);
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
