import type { Tx } from '#lib/db.ts';
import { recordChanges } from '#lib/indexing/record-change.ts';
import type { StepOf } from './steps.ts';

/** A file that is there, and what is wanted of its tags. */
export type TagChange = { key: string; path: string; assetId: bigint; step: StepOf<'set-tags'> };

/**
 * Adds and removes tags of files in the transaction of whoever journals it. What is as wanted already is left alone, so a repeated change
 * finds nothing to do.
 * @returns what really changed, in the order of `changes`
 */
export async function changeTags(
  tx: Tx,
  libraryId: bigint,
  changes: TagChange[],
): Promise<{ added: string[]; removed: string[] }[]> {
  const names = [...new Set(changes.flatMap(({ step }) => [...step.add, ...step.remove]))];
  const had = await tx.tag.findMany({
    where: { libraryId, key: { in: changes.map(({ key }) => key) }, name: { in: names } },
    select: { key: true, name: true },
  });
  const has = new Set(had.map(({ key, name }) => `${name}\0${key}`));
  const made = changes.map(({ key, step }) => ({
    key,
    added: step.add.filter((name) => !has.has(`${name}\0${key}`)),
    removed: step.remove.filter((name) => has.has(`${name}\0${key}`)),
  }));
  const fresh = made.flatMap(({ key, added }) => added.map((name) => ({ libraryId, key, name })));
  await tx.tag.createMany({ data: fresh, skipDuplicates: true });
  const gone = new Map<string, string[]>();
  for (const { key, removed } of made) for (const name of removed) gone.set(name, [...(gone.get(name) ?? []), key]);
  for (const [name, keys] of gone) await tx.tag.deleteMany({ where: { libraryId, name, key: { in: keys } } });
  const changed = changes.map(({ assetId, path }) => ({ refId: assetId, path }));
  await recordChanges(tx, libraryId, 'asset', changed);
  return made.map(({ added, removed }) => ({ added, removed }));
}
