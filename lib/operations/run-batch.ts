import { db } from '#lib/db.ts';
import { applyListings } from '#lib/indexing/apply-listings.ts';
import type { KeyLook } from '#lib/indexing/make-missing-assets.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { putDeleteMarker } from '#lib/storage/objects.ts';
import { listKeyVersions, removeDeleteMarker } from '#lib/storage/versions.ts';
import { keysOf } from './carry-out/carry-out-step.ts';
import type { StepContext } from './carry-out/step-context.ts';
import type { StepResult } from './carry-out/step-result.ts';
import { endItems, type ItemEnd, type JournalItem } from './item-journal.ts';
import { Lanes } from './lanes.ts';
import { Meeting } from './meeting.ts';
import { actOn, endOf, failItem, type ItemRun, isStoreAway, settleItem } from './run-item.ts';
import type { OperationStep } from './steps.ts';
import { takeAhead } from './take-ahead.ts';

/** Steps whose looks and markers are asked for together. */
const kinds = new Set<OperationStep['kind']>(['copy-up', 'put-marker', 'remove-markers', 'copy-to', 'move-back']);

/** Bytes from which a copy may take so long that the others of a batch should not wait for it. */
const longCopy = 256n * 1024n ** 2n;

/** Items that a dead runner left half-way are looked at one by one, and so is what is copied for long. */
export const isBatchable = ({ startedAt, step, bytes }: JournalItem): boolean =>
  startedAt === null &&
  kinds.has(step.kind) &&
  !(bytes > longCopy && (step.kind === 'copy-to' || step.kind === 'copy-up'));

type By = Pick<StepContext, 'look' | 'act'>;
/** `looked`: keys that the item has looked at after it changed them. */
type Acted = { item: JournalItem; looked: Set<string> } & (
  | { error: unknown }
  | { error?: undefined; context: StepContext; result: StepResult }
);
type Smooth = { item: JournalItem; keys: string[]; result: Extract<StepResult, { state: 'done' | 'skipped' }> };

/**
 * Carries out items together, batch by batch. Each item is looked at, changed and looked at again as if it were alone, but the looks of all are a
 * few listings, markers are put and removed in one request, and the index and the journal are written together. The look before is older by some
 * seconds than it would be alone; what slips in meanwhile is found by the look after, and told. While the keys of one batch are changed, the one
 * before is looked at again and written. A runner that dies in the middle leaves the items of two batches `running`, each of which is looked at by
 * the next one.
 */
export class Batches {
  readonly #lanes: Lanes;
  #settling: Promise<void> = Promise.resolve();

  /** @param lanes requests for single keys at once */
  constructor(lanes: number) {
    this.#lanes = new Lanes(lanes);
  }

  /**
   * Begins with these items; the batch before is written when this resolves, and this one once the next one is, or `settled`.
   * @throws ClaimLost, database_unavailable
   */
  async run(run: ItemRun, items: JournalItem[]): Promise<void> {
    if (items.length === 0) return;
    const before = this.#settling;
    const batch = startBatch(run, items, this.#lanes);
    this.#settling = Promise.all([before, batch.settled]).then(() => {});
    // Heard by whoever waits for it next.
    this.#settling.catch(() => {});
    await batch.begun;
    await before;
  }

  /** @throws ClaimLost, database_unavailable */
  settled(): Promise<void> {
    return this.#settling;
  }
}

/** `begun`: every item that may be is under way. `settled`: what became of them is written. */
function startBatch(run: ItemRun, items: JournalItem[], lanes: Lanes): Record<'begun' | 'settled', Promise<void>> {
  const { bucket } = run.library;
  const meeting = new Meeting(bucket, lanes);
  const absent = items.flatMap(({ path, step }) =>
    step.kind === 'copy-to' && step.over === null ? [toKey(run.library, path)] : [],
  );
  const before = meeting.lookAt(
    items
      .flatMap(({ path, fromPath }) => [path, ...(fromPath === null ? [] : [fromPath])])
      .map((path) => toKey(run.library, path)),
    new Set(absent),
  );
  // Heard by the items, which fail or wait by it.
  before.catch(() => {});
  const places = new Map<string, StepResult>();
  const acting: Promise<Acted>[] = [];

  const begin = async () => {
    try {
      const next = takeAhead(run, items, places);
      for (;;) {
        await lanes.enter();
        const item = await next().catch((error: unknown) => {
          lanes.leave();
          throw error;
        });
        if (!item) return lanes.leave();
        const looked = new Set<string>();
        const by = meet(run, item, { meeting, before, places, looked });
        acting.push(meeting.join(() => act(run, item, looked, by)));
      }
    } finally {
      meeting.close();
    }
  };
  const begun = begin();
  const settle = async () => {
    await Promise.allSettled([begun]);
    await settleBatch(run, await Promise.all(acting), meeting);
  };
  const settled = settle();
  settled.catch(() => {});
  return { begun, settled };
}

const keysOfItem = ({ library }: ItemRun, { path, step }: JournalItem): string[] =>
  keysOf({ library, ref: { bucket: library.bucket, key: toKey(library, path) } }, step);

/** How an item of a batch looks at its keys and changes them. */
function meet(
  run: ItemRun,
  item: JournalItem,
  batch: { meeting: Meeting; before: Promise<void>; places: ReadonlyMap<string, StepResult>; looked: Set<string> },
): By {
  const { meeting, before, places, looked } = batch;
  const [own, ...others] = keysOfItem(run, item);
  return {
    look: {
      before: async (ref) => {
        await before;
        return meeting.looks.get(ref.key)?.listed ?? listKeyVersions(ref);
      },
      after: async (ref) => {
        // When a copy has landed its source is looked at as well, so that no marker is put on what came there meanwhile.
        await meeting.look(ref.key === own ? [own, ...others] : [ref.key]);
        looked.add(ref.key);
        return meeting.looks.get(ref.key)?.listed ?? [];
      },
      place: async (path) => places.get(path) ?? null,
    },
    act: {
      putMarker: async (ref) => (await meeting.putMarker(ref.key)) ?? (await putDeleteMarker(ref)),
      removeMarkers: async (ref, markers) => {
        for (const { versionId } of await meeting.removeMarkers(markers)) {
          await removeDeleteMarker({ ...ref, versionId });
        }
      },
    },
  };
}

async function act(run: ItemRun, item: JournalItem, looked: Set<string>, by: By): Promise<Acted> {
  try {
    return { item, looked, ...(await actOn(run, item, by)) };
  } catch (error) {
    // The others need not try.
    run.progress.away ||= isStoreAway(error);
    return { item, looked, error };
  }
}

/** What went as planned and was met by a look after is written together; the rest one by one, with a look of its own. */
async function settleBatch(run: ItemRun, acted: Acted[], meeting: Meeting): Promise<void> {
  const { progress } = run;
  const smooth = acted.filter((one) => 'context' in one && isSmooth(one.result));
  const last = smooth.flatMap(({ item, looked }) => keysOfItem(run, item).filter((key) => !looked.has(key)));
  const fresh = await meeting.lookAt(last).then(
    () => new Set(last),
    // Each is looked at alone then, and says what is wrong.
    () => new Set<string>(),
  );
  const together: Smooth[] = [];
  for (const one of acted) {
    const { item, looked } = one;
    const keys = keysOfItem(run, item);
    const isMet = (key: string) =>
      (looked.has(key) || fresh.has(key)) && (meeting.looks.get(key)?.listed.length ?? 0) > 0;
    if (!('context' in one)) {
      progress.away ||= !(await failItem(run, item, one.error));
    } else if (isSmooth(one.result) && keys.every(isMet)) {
      together.push({ item, keys, result: one.result });
    } else {
      try {
        await settleItem(run, item, one.context, one.result);
      } catch (error) {
        progress.away ||= !(await failItem(run, item, error));
      }
    }
  }
  if (together.length > 0) await writeTogether(run, together, meeting.looks);
}

/** The index, what belongs to the outcomes, and the journal, in one transaction. @throws ClaimLost */
async function writeTogether(run: ItemRun, smooth: Smooth[], looks: ReadonlyMap<string, KeyLook>): Promise<void> {
  const { claim, library, operation } = run;
  const own = new Map(smooth.flatMap(({ keys }) => keys).map((key) => [key, looks.get(key) as KeyLook]));
  await db().$transaction(async (tx) => {
    await applyListings(tx, library, own);
    const ends = new Map<number, ItemEnd>(smooth.map(({ item, result }) => [item.position, endOf(result)]));
    const recorded = smooth.flatMap(({ item, result }) =>
      result.state === 'done' && result.record ? [{ ...item, outcome: result.outcome, record: result.record }] : [],
    );
    for (const [record, items] of Map.groupBy(recorded, (one) => one.record)) {
      const outcomes = await record(tx, { operationId: operation.id, library }, items);
      for (const [at, { position }] of items.entries()) {
        ends.set(position, { ...(ends.get(position) as ItemEnd), outcome: outcomes[at] });
      }
    }
    await endItems(
      tx,
      claim,
      [...ends].map(([position, end]) => ({ position, end })),
    );
  });
}

const isSmooth = (result: StepResult): result is Smooth['result'] =>
  result.state === 'done' || result.state === 'skipped';
