import { db } from '#lib/db.ts';
import { recordChanges } from '#lib/indexing/record-change.ts';
import { toKey } from '#lib/libraries/layout.ts';
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

    const keyOf = ({ path }: { path: string }) => toKey(library, path);
    const where = { libraryId: library.id };
    const assets = await tx.asset.findMany({
      where: { ...where, path: { in: mine.map(({ path }) => path) }, state: { not: 'gone' } },
      select: { id: true, path: true },
    });
    const idOf = new Map(assets.map(({ id, path }) => [path, id]));
    const names = [...new Set(mine.flatMap(({ step }) => [...step.add, ...step.remove]))];
    const had = await tx.tag.findMany({
      where: { ...where, key: { in: mine.map(keyOf) }, name: { in: names } },
      select: { key: true, name: true },
    });
    const has = new Set(had.map(({ key, name }) => `${name}\0${key}`));

    const fresh: { libraryId: bigint; key: string; name: string }[] = [];
    const gone = new Map<string, string[]>();
    const ends = mine.map((item): { position: number; end: ItemEnd } => {
      const { position, step } = item;
      if (!idOf.has(item.path)) {
        const end = { state: 'conflict', errorCode: 'not_found', errorDetail: 'It is no longer there.' } as const;
        return { position, end };
      }
      const key = keyOf(item);
      const added = step.add.filter((name) => !has.has(`${name}\0${key}`));
      const removed = step.remove.filter((name) => has.has(`${name}\0${key}`));
      fresh.push(...added.map((name) => ({ ...where, key, name })));
      for (const name of removed) gone.set(name, [...(gone.get(name) ?? []), key]);
      return { position, end: { state: 'done', outcome: { kind: 'tagged', added, removed }, versionId: null } };
    });
    await tx.tag.createMany({ data: fresh, skipDuplicates: true });
    for (const [name, keys] of gone) await tx.tag.deleteMany({ where: { ...where, name, key: { in: keys } } });
    await recordChanges(
      tx,
      library.id,
      'asset',
      assets.map(({ id, path }) => ({ refId: id, path })),
    );
    await endItems(tx, claim, ends);
  });
}
