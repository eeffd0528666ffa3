import type { Tx } from '#lib/db.ts';
import { recordChanges } from '#lib/indexing/record-change.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { StepOutcome } from '../steps.ts';
import type { Recorded, Recorder } from './step-result.ts';

type Run = { operationId: bigint; library: LibraryContext };
type OutcomeOf<K extends StepOutcome['kind']> = Extract<StepOutcome, { kind: K }>;
type Lineage = {
  fromPath: string;
  fromVersionId: string;
  toPath: string;
  toVersionId: string;
  marker: string | null;
  isUndo: boolean;
};
type TagAt = { path: string; name: string };

/** What moves leave beside their journal: where each file came from, and its tags at the new place. */
export const recordMoves: Recorder = async (tx, run, items) => {
  const moves = ofKind(items, 'copied-to');
  const isNew = await addMoves(
    tx,
    run,
    moves.map(({ path, outcome }) => ({
      fromPath: outcome.from,
      fromVersionId: outcome.source.versionId,
      toPath: path,
      toVersionId: outcome.made.versionId,
      marker: outcome.moved?.markers[0] ?? null,
      isUndo: false,
    })),
  );
  const tagsOf = await readTags(
    tx,
    run.library,
    moves.flatMap(({ path, outcome }) => [path, outcome.from]),
  );
  const add: TagAt[] = [];
  const remove: TagAt[] = [];
  const kept = moves.map(({ path, outcome }, at) => {
    // A repeated item: its tags went along the first time.
    if (!isNew[at]) return outcome;
    const [moved, there] = [tagsOf(outcome.from), tagsOf(path)];
    for (const name of moved) {
      add.push({ path, name });
      remove.push({ path: outcome.from, name });
    }
    return { ...outcome, moved: { markers: outcome.moved?.markers ?? [], tags: { moved, there } } };
  });
  await addTags(tx, run.library, add);
  await removeTags(tx, run.library, remove);
  return kept;
};

/** The same for their undo: the place that a file leaves is no trash either, and its tags go back. */
export const recordMovesBack: Recorder = async (tx, run, items) => {
  const moves = ofKind(items, 'moved-back');
  await addMoves(
    tx,
    run,
    moves.map(({ path, outcome }) => ({
      fromPath: outcome.from,
      fromVersionId: outcome.made.versionId,
      toPath: path,
      toVersionId: outcome.back.versionId,
      marker: 'markers' in outcome.hiddenBy ? (outcome.hiddenBy.markers[0] ?? null) : null,
      isUndo: true,
    })),
  );
  const tagsOf = await readTags(
    tx,
    run.library,
    moves.map(({ outcome }) => outcome.from),
  );
  const add: TagAt[] = [];
  const remove: TagAt[] = [];
  for (const { path, step, outcome } of moves) {
    const tags = step.kind === 'move-back' ? step.tags : { moved: [], there: [] };
    const stays = 'copy' in outcome.hiddenBy ? tags.there : [];
    for (const name of tagsOf(outcome.from)) {
      if (!tags.there.includes(name) || tags.moved.includes(name)) add.push({ path, name });
      if (!stays.includes(name)) remove.push({ path: outcome.from, name });
    }
  }
  await addTags(tx, run.library, add);
  await removeTags(tx, run.library, remove);
  return moves.map(({ outcome }) => outcome);
};

/** Copies at places where nothing was begin with the tags of the files that they were copied from. */
export const carryTags: Recorder = async (tx, { library }, items) => {
  const copies = ofKind(items, 'copied-to');
  const tagsOf = await readTags(
    tx,
    library,
    copies.map(({ outcome }) => outcome.from),
  );
  await addTags(
    tx,
    library,
    copies.flatMap(({ path, outcome }) => tagsOf(outcome.from).map((name) => ({ path, name }))),
  );
  return copies.map(({ outcome }) => outcome);
};

function ofKind<K extends StepOutcome['kind']>(
  items: Recorded[],
  kind: K,
): (Omit<Recorded, 'outcome'> & { outcome: OutcomeOf<K> })[] {
  return items.map((item) => {
    if (item.outcome?.kind !== kind) throw new Error(`An outcome ${item.outcome?.kind} came where ${kind} is written.`);
    return { ...item, outcome: item.outcome as OutcomeOf<K> };
  });
}

/** @returns of each, in order, whether it is new; false: this very move is recorded already */
async function addMoves(tx: Tx, { library, operationId }: Run, moves: Lineage[]): Promise<boolean[]> {
  const rows = moves.map(({ fromPath, toPath, ...rest }) => ({
    ...rest,
    fromKey: toKey(library, fromPath),
    toKey: toKey(library, toPath),
  }));
  const made = await tx.$queryRaw<{ fromKey: string; marker: string | null }[]>`
    INSERT INTO "Move" ("libraryId", "operationId", "fromKey", "fromVersionId", "toKey", "toVersionId", "fromMarkerId", "isUndo")
    SELECT ${library.id}::bigint, ${operationId}::bigint, r."fromKey", r."fromVersionId", r."toKey", r."toVersionId", r."marker", r."isUndo"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("fromKey" text, "fromVersionId" text, "toKey" text, "toVersionId" text,
      "marker" text, "isUndo" boolean)
    ON CONFLICT ("libraryId", "fromKey", "fromMarkerId") DO NOTHING
    RETURNING "fromKey", "fromMarkerId" AS "marker"`;
  // An open trash page has just seen the old places go there.
  const left = await tx.asset.findMany({
    where: { libraryId: library.id, path: { in: moves.map(({ fromPath }) => fromPath) } },
    select: { id: true, path: true },
  });
  const changes = left.map(({ id, path }) => ({ refId: id, path }));
  await recordChanges(tx, library.id, 'asset', changes);
  const names = new Set(made.map(({ fromKey, marker }) => `${marker}\0${fromKey}`));
  return rows.map(({ fromKey, marker }) => names.has(`${marker}\0${fromKey}`));
}

/** @returns the tags of a path, in order of their names */
async function readTags(tx: Tx, library: LibraryContext, paths: string[]): Promise<(path: string) => string[]> {
  const rows = await tx.tag.findMany({
    where: { libraryId: library.id, key: { in: paths.map((path) => toKey(library, path)) } },
    select: { key: true, name: true },
    orderBy: { name: 'asc' },
  });
  const names = Map.groupBy(rows, (row) => row.key);
  return (path) => (names.get(toKey(library, path)) ?? []).map((row) => row.name);
}

async function addTags(tx: Tx, library: LibraryContext, tags: TagAt[]): Promise<void> {
  if (tags.length === 0) return;
  const data = tags.map(({ path, name }) => ({ libraryId: library.id, key: toKey(library, path), name }));
  await tx.tag.createMany({ data, skipDuplicates: true });
}

async function removeTags(tx: Tx, library: LibraryContext, tags: TagAt[]): Promise<void> {
  if (tags.length === 0) return;
  const [keys, names] = [tags.map(({ path }) => toKey(library, path)), tags.map(({ name }) => name)];
  await tx.$executeRaw`
    DELETE FROM "Tag" t USING unnest(${keys}::text[], ${names}::text[]) AS g("key", "name")
    WHERE t."libraryId" = ${library.id} AND t."key" = g."key" AND t."name" = g."name"`;
}
