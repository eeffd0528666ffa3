import { afterAll, beforeAll, expect, it } from 'vitest';
import { listEntries } from '#lib/assets/list-entries.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { reconcileLibrary } from '#lib/indexing/reconcile/reconcile-library.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { runOperation } from '#lib/operations/run-operation.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { undoOperation } from '#lib/operations/undo-operation.ts';
import { makeDice } from '#scripts/testing/dice.ts';
import { findIndexFaults } from '#scripts/testing/index-faults.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { OtherTool, type RawVersion } from '#scripts/testing/other-tool.ts';

/**
 * Random histories on a real bucket: what stood there at a moment, and what a restore to it leaves, against a model that reads the bucket raw.
 * `ROBUSTNESS_SEED` repeats a run; `HISTORY_STEPS` and `HISTORY_MOMENTS` set its size.
 */
const steps = Number(process.env.HISTORY_STEPS || 50);
const moments = Number(process.env.HISTORY_MOMENTS || 3);
const paths = ['a.txt', 'b.txt', 'x/a.txt', 'x/b.txt', 'x/y/a.txt', 'x/y/b.txt', 'z/a.txt', 'z/b.txt'];
const dice = makeDice();
const pick = <T>(list: readonly T[]): T => list[dice.roll(list.length)] as T;

let home: TestLibrary;
let tool: OtherTool;
let admin: Actor;
beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  tool = new OtherTool(home.library.bucket);
  admin = await home.makeActor();
});
afterAll(async () => {
  tool.close();
  await home.remove();
  await closeDb();
});

const keyOf = (path: string) => home.library.rootPrefix + path;
let written = 0;
const put = (path: string) => {
  written += 1;
  // One in four has bytes that were there before.
  return tool.put(keyOf(path), dice.roll(4) === 0 ? 'the same again' : `write ${written}`);
};

/** What the bucket holds, by path, newest first. */
async function bucket(): Promise<Map<string, RawVersion[]>> {
  const raw = await tool.read(home.library.rootPrefix);
  return new Map([...raw].map(([key, versions]) => [key.slice(home.library.rootPrefix.length), versions]));
}

const isLive = (versions: RawVersion[] | undefined) => versions?.[0]?.isDeleteMarker === false;

/** The model: the entry that was the newest at a moment, in the store's own order; times never run backwards along it. */
function stoodAt(versions: RawVersion[], at: Date): RawVersion | null {
  let found: RawVersion | null = null;
  let validFrom = 0;
  for (const version of versions.toReversed()) {
    validFrom = Math.max(validFrom, version.modifiedAt.getTime());
    if (validFrom <= at.getTime()) found = version;
  }
  return found?.isDeleteMarker === false ? found : null;
}

async function step(): Promise<void> {
  const path = pick(paths);
  const before = await bucket();
  const live = paths.filter((one) => isLive(before.get(one)));
  switch (pick(['put', 'put', 'put', 'twice', 'delete', 'undelete', 'move', 'trash'] as const)) {
    case 'put':
      return put(path);
    case 'twice':
      // In the same second, often in the same few milliseconds.
      await put(path);
      return put(path);
    case 'delete':
      if (isLive(before.get(path))) await tool.delete(keyOf(path));
      return;
    case 'undelete': {
      const top = before.get(path)?.[0];
      if (top?.isDeleteMarker) await tool.delete(keyOf(path), top.versionId);
      return;
    }
    case 'trash': {
      if (live.length === 0) return;
      const one = pick(live);
      await syncKey(home.library, keyOf(one));
      await change('trash', [one]);
      return;
    }
    case 'move': {
      if (live.length === 0) return;
      const from = pick(live);
      const to = pick(paths.filter((one) => one !== from));
      await Promise.all([from, to].map((one) => syncKey(home.library, keyOf(one))));
      const cut = to.lastIndexOf('/') + 1;
      await change('move', [from], { to: to.slice(0, cut), name: to.slice(cut), ifExists: 'replace' });
    }
  }
}

async function change(type: 'trash' | 'move' | 'restore-to-time', of: string[], params: object = {}) {
  const input = { library: home.library.slug, type, selection: { paths: of }, params };
  const { operation } = await startOperation(admin, input);
  if (operation.state === 'queued') await runOperation(BigInt(operation.id));
  return operation;
}

/** Path → version, as the folders of that moment list them. */
async function listedAt(at: Date, path = ''): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const input = { library: home.library.slug, path, sort: 'name', limit: 100, at: at.toISOString() } as const;
  for (const entry of (await listEntries(admin, input)).entries) {
    if (entry.type === 'asset') found.set(entry.path, entry.versionId);
    else for (const [below, version] of await listedAt(at, entry.path)) found.set(below, version);
  }
  return found;
}

/** Path → bytes of what is current. */
async function liveBytes(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [path, versions] of await bucket()) {
    const top = versions[0];
    if (top && !top.isDeleteMarker) found.set(path, await tool.get(keyOf(path), top.versionId));
  }
  return found;
}

const sorted = <T>(map: Map<string, T>) => Object.fromEntries([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));

it(`agrees with the bucket at any moment of a random history (seed ${dice.seed})`, async () => {
  // What is there before versioning has the version "null", and such a version is overwritten in place. (No delete: MinIO never removes
  // a marker "null" again, and the bucket could not be emptied.)
  await tool.setVersioning('Suspended');
  for (const path of paths.slice(0, 5)) await put(path);
  await put(pick(paths.slice(0, 5)));
  await tool.setVersioning('Enabled');
  for (let done = 0; done < steps; done += 1) await step();

  for (let turn = 0; turn < moments; turn += 1) {
    await reconcileLibrary(home.library.id);
    const raw = await bucket();
    const times = [...raw.values()].flatMap((versions) => versions.map(({ modifiedAt }) => modifiedAt.getTime()));
    const [first, last] = [Math.min(...times), Math.max(...times)];
    // Half of them fall exactly on the time of a write.
    const at = new Date(dice.roll(2) === 0 ? pick(times) : first - 5 + dice.roll(last - first + 5));
    const model = new Map(
      [...raw].flatMap(([path, versions]) => {
        const stood = stoodAt(versions, at);
        return stood ? [[path, stood] as const] : [];
      }),
    );
    const told = `moment ${at.toISOString()}, turn ${turn}, seed ${dice.seed}`;
    const versions = new Map([...model].map(([path, { versionId }]) => [path, versionId]));
    expect(sorted(await listedAt(at)), told).toEqual(sorted(versions));

    const should = new Map<string, string>();
    for (const [path, { versionId }] of model) should.set(path, await tool.get(keyOf(path), versionId));
    const before = await liveBytes();
    const operation = await change('restore-to-time', [''], { at: at.toISOString() });
    expect(operation, told).toMatchObject({ state: 'succeeded', counts: { conflict: 0, failed: 0 } });
    expect(sorted(await liveBytes()), told).toEqual(sorted(should));
    expect(await findIndexFaults(home.library, tool), told).toEqual([]);
    for (const [path, older] of raw) {
      const kept = (await bucket()).get(path)?.filter((version) => !version.isDeleteMarker) ?? [];
      const ids = kept.map(({ versionId }) => versionId);
      for (const version of older)
        if (!version.isDeleteMarker) expect(ids, `${path}, ${told}`).toContain(version.versionId);
    }
    if (operation.undoable && turn % 2 === 0) {
      await undoOperation(admin, { id: operation.id });
      expect(sorted(await liveBytes()), `undone, ${told}`).toEqual(sorted(before));
    }
  }
});
