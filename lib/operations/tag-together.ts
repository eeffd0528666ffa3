import { db } from '#lib/db.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { changeTags } from './change-tags.ts';
import { endItems, type ItemEnd, type JournalItem, takeItems } from './item-journal.ts';
import type { ItemRun } from './run-item.ts';
import type { StepOf } from './steps.ts';

type TagItem = JournalItem & { step: StepOf<'set-tags'> };

/** Tags that were never begun, and that the person may still change: they need no store, so many are one transaction. */
export const isTaggable = (item: JournalItem, run: Pick<ItemRun, 'refused'>): item is TagItem =>
  item.step.kind === 'set-tags' && item.startedAt === null && run.refused(item) === null;

/**
 * Sets the tags of many files, as `setTags` does for one: taken, changed and ended in one transaction, so that a runner that dies leaves
 * none half-way.
 * @throws ClaimLost, database_unavailable
 */
export async function tagTogether(run: ItemRun, items: TagItem[]): Promise<void> {
  const { claim, library, progress, signal } = run;
  progress.away ||= signal?.aborted ?? false;
  if (items.length === 0 || progress.stopped || progress.away) return;
  await db().$transaction(async (tx) => {
    const positions = items.map(({ position }) => position);
    const taken = await takeItems(claim, positions, tx);
    progress.stopped ||= taken.size < items.length;
    const mine = items.filter(({ position }) => taken.has(position));
    if (mine.length === 0) return;

    const assets = await tx.asset.findMany({
      where: { libraryId: library.id, path: { in: mine.map(({ path }) => path) }, state: { not: 'gone' } },
      select: { id: true, path: true },
    });
    const idOf = new Map(assets.map(({ id, path }) => [path, id]));
    const there = mine.flatMap((item) => {
      const { path, step } = item;
      const assetId = idOf.get(path);
      return assetId === undefined ? [] : [{ item, key: toKey(library, path), path, assetId, step }];
    });
    const made = await changeTags(tx, library.id, there);
    const outcomes = new Map(there.map(({ item }, at) => [item, made[at]]));
    const ends = mine.map((item): { position: number; end: ItemEnd } => {
      const { position } = item;
      const changed = outcomes.get(item);
      if (changed)
        return { position, end: { state: 'done', outcome: { kind: 'tagged', ...changed }, versionId: null } };
      const end = { state: 'conflict', errorCode: 'not_found', errorDetail: 'It is no longer there.' } as const;
      return { position, end };
    });
    await endItems(tx, claim, ends);
  });
}
