import { setTimeout as sleep } from 'node:timers/promises';
import { inLanes } from '#lib/operations/in-lanes.ts';
import { makeDice } from '../testing/dice.ts';
import { type DrillStore, differences, type Standing } from './drill-store.ts';

/** What an operation came to. */
export type DrillOperation = { id: string; state: string; counts: { done: number; conflict: number; failed: number } };

/** Strata as the drill uses it: over HTTP, or its functions in this process. Each call returns when the work is done. */
export type DrilledStrata = {
  /** Makes the index agree with the bucket, of which nobody told it. */
  reconcile(): Promise<void>;
  /** Plans, runs what was planned, and waits for the end. */
  restore(folder: string, at: string): Promise<DrillOperation>;
  undo(id: string): Promise<DrillOperation>;
};

export type DrillSize = { overwritten: number; deleted: number; untouched: number };
export type DrillReport = {
  at: string;
  seed: number;
  /** Files that stood there before, after the damage, and after the restore. */
  files: { before: number; damaged: number; restored: number };
  restored: DrillOperation;
  undone: DrillOperation;
  /** Where the restored state is not the one before the damage, and the undone one not the damaged one. */
  faults: { restored: string[]; undone: string[] };
  /** Seconds of each part. */
  seconds: Record<string, number>;
};

/** Bytes of the largest file; sizes are drawn evenly below it. */
const largest = 32 * 1024;
const lanes = 16;
/**
 * Milliseconds between the last good write and the first bad one. Stores keep whole seconds, so the moment in between is in neither second;
 * it is taken from the store's own times, since its clock need not be ours.
 */
const pause = 2_500;

/**
 * Ransomware with a key to the bucket, and the way back: files under a folder are overwritten and deleted straight at the store, notes are
 * left, Strata restores the folder to the moment before, and then undoes that. After each step everything is read from the store, byte by byte.
 *
 * @param folder a path that ends in "/" and holds nothing; `keyOf` turns paths into keys of the bucket
 */
export async function runDrill(input: {
  store: DrillStore;
  strata: DrilledStrata;
  folder: string;
  keyOf: (path: string) => string;
  size: DrillSize;
  say: (line: string) => void;
}): Promise<DrillReport> {
  const { store, strata, folder, keyOf, size, say } = input;
  const dice = makeDice();
  const prefix = keyOf(folder);
  const seconds: Record<string, number> = {};
  const part = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    const result = await work();
    seconds[name] = Math.round((performance.now() - from) / 100) / 10;
    say(`${name}: ${seconds[name]} s`);
    return result;
  };
  const read = async () => (await store.read(prefix)).standing;

  const total = size.overwritten + size.deleted + size.untouched;
  const paths = Array.from({ length: total }, (_, n) => {
    const day = String(Math.floor(n / 100)).padStart(3, '0');
    return `${folder}day-${day}/IMG_${String(n).padStart(5, '0')}.jpg`;
  });
  const bytes = () => Uint8Array.from({ length: dice.roll(largest) }, () => dice.roll(256));
  const write = (path: string, n: number) => store.put(keyOf(path), bytes(), 'image/jpeg', { shot: `frame ${n}` });
  if ((await read()).size > 0) throw new Error(`${folder} holds files. A drill needs an empty folder of its own.`);
  await part('write the originals', () => inLanes([...paths.entries()], lanes, ([n, path]) => write(path, n)));
  await part('index them', strata.reconcile);
  const { standing: originals, newest } = await store.read(prefix);
  const at = new Date(Math.floor(newest.getTime() / 1_000) * 1_000 + 1_000).toISOString();
  await sleep(pause);

  await part('damage the bucket', () => damage(store, keyOf, folder, paths, size, bytes));
  const damaged = await read();
  await part('index the damage', strata.reconcile);

  const restored = await part('restore to the moment before', () => strata.restore(folder, at));
  const after = await read();
  const undone = await part('undo the restore', () => strata.undo(restored.id));
  const back: Standing = await read();
  return {
    at,
    seed: dice.seed,
    files: { before: originals.size, damaged: damaged.size, restored: after.size },
    restored,
    undone,
    faults: { restored: differences(originals, after), undone: differences(damaged, back) },
    seconds,
  };
}

/** Every file in turn: the first ones get other bytes and another type, the next ones go; the rest stays. A note lands in each folder. */
async function damage(
  store: DrillStore,
  keyOf: (path: string) => string,
  folder: string,
  paths: string[],
  size: DrillSize,
  bytes: () => Uint8Array,
): Promise<void> {
  const victims = paths.slice(0, size.overwritten + size.deleted);
  await inLanes([...victims.entries()], lanes, async ([n, path]) => {
    if (n < size.overwritten) await store.put(keyOf(path), bytes(), 'application/octet-stream');
    else await store.delete(keyOf(path));
  });
  const folders = [folder, ...new Set(victims.map((path) => path.slice(0, path.lastIndexOf('/') + 1)))];
  const note = Buffer.from('Your files are encrypted. Pay to get them back.\n');
  await inLanes(folders, lanes, (place) => store.put(keyOf(`${place}READ_ME_TO_DECRYPT.txt`), note, 'text/plain'));
}
