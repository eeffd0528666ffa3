import type { Tx } from '#lib/db.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { StepOutcome } from '../steps.ts';
import type { Recording, StepContext } from './step-context.ts';

type OutcomeOf<K extends StepOutcome['kind']> = Extract<StepOutcome, { kind: K }>;
type Lineage = {
  fromPath: string;
  fromVersionId: string;
  toPath: string;
  toVersionId: string;
  markers: string[];
  isUndo: boolean;
};

/** A move's own rows, in the transaction that journals it: where the file came from, and its tags at the new place. */
export function recordMove(context: StepContext, outcome: OutcomeOf<'copied-to'>): Recording {
  return async (tx) => {
    const isNew = await addMove(tx, context, {
      fromPath: outcome.from,
      fromVersionId: outcome.source.versionId,
      toPath: context.path,
      toVersionId: outcome.made.versionId,
      markers: outcome.moved?.markers ?? [],
      isUndo: false,
    });
    const [moved, there] = await Promise.all([tagsOf(tx, context, outcome.from), tagsOf(tx, context, context.path)]);
    if (!isNew) return outcome;
    await addTags(tx, context, context.path, moved);
    await removeTags(tx, context, outcome.from, moved);
    return { ...outcome, moved: { markers: outcome.moved?.markers ?? [], tags: { moved, there } } };
  };
}

/** The undo of a move: the place that the file leaves is no trash either, and its tags go back. */
export function recordMoveBack(
  context: StepContext,
  outcome: OutcomeOf<'moved-back'>,
  tags: { moved: string[]; there: string[] },
): Recording {
  return async (tx) => {
    const markers = 'markers' in outcome.hiddenBy ? outcome.hiddenBy.markers : [];
    await addMove(tx, context, {
      fromPath: outcome.from,
      fromVersionId: outcome.made.versionId,
      toPath: context.path,
      toVersionId: outcome.back.versionId,
      markers,
      isUndo: true,
    });
    const stays = 'copy' in outcome.hiddenBy ? tags.there : [];
    const now = await tagsOf(tx, context, outcome.from);
    const back = now.filter((name) => !tags.there.includes(name) || tags.moved.includes(name));
    await addTags(tx, context, context.path, [
      ...new Set([...back, ...(now.length > 0 ? tags.moved.filter((name) => now.includes(name)) : [])]),
    ]);
    await removeTags(
      tx,
      context,
      outcome.from,
      now.filter((name) => !stays.includes(name)),
    );
    return outcome;
  };
}

/** A copy at a place where nothing was begins with the tags of the file that it was copied from. */
export function carryTags(context: StepContext, from: string): Recording {
  return async (tx, outcome) => {
    await addTags(tx, context, context.path, await tagsOf(tx, context, from));
    return outcome;
  };
}

/** @returns false when this very move is recorded already: a repeated item */
async function addMove(tx: Tx, { library, operationId }: StepContext, move: Lineage): Promise<boolean> {
  const [fromKey, toK] = [toKey(library, move.fromPath), toKey(library, move.toPath)];
  const count = await tx.$executeRaw`
    INSERT INTO "Move" ("libraryId", "operationId", "fromKey", "fromVersionId", "toKey", "toVersionId", "fromMarkerId", "isUndo")
    VALUES (${library.id}, ${operationId}, ${fromKey}, ${move.fromVersionId}, ${toK}, ${move.toVersionId}, ${move.markers[0] ?? null}, ${move.isUndo})
    ON CONFLICT ("libraryId", "fromKey", "fromMarkerId") DO NOTHING`;
  // An open trash page has just seen the old place go there.
  const left = await tx.asset.findFirst({
    where: { libraryId: library.id, path: move.fromPath },
    select: { id: true },
  });
  if (left) await recordChange(tx, library.id, 'asset', left.id, move.fromPath);
  return count === 1;
}

async function tagsOf(tx: Tx, { library }: StepContext, path: string): Promise<string[]> {
  const rows = await tx.tag.findMany({
    where: { libraryId: library.id, key: toKey(library, path) },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  return rows.map((row) => row.name);
}

async function addTags(tx: Tx, { library }: StepContext, path: string, names: string[]): Promise<void> {
  if (names.length === 0) return;
  const key = toKey(library, path);
  await tx.tag.createMany({ data: names.map((name) => ({ libraryId: library.id, key, name })), skipDuplicates: true });
}

async function removeTags(tx: Tx, { library }: StepContext, path: string, names: string[]): Promise<void> {
  if (names.length === 0) return;
  await tx.tag.deleteMany({ where: { libraryId: library.id, key: toKey(library, path), name: { in: names } } });
}
