import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeDb } from '#lib/db.ts';
import { testFiles } from '../testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '../testing/library.ts';
import { drillStore } from './drill-store.ts';
import { runDrill } from './run-drill.ts';
import { strataHere } from './strata-here.ts';

/** The whole drill has 2,000 and 500 (docs/ransom-drill.md); `DRILL_FILES` files are damaged here, a fifth of them deleted. */
const damaged = Number(process.env.DRILL_FILES || 40);

let home: TestLibrary;
beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'team/' });
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

it('brings every byte back after a bucket was damaged behind our back, and its undo brings the damage back', async () => {
  const deleted = Math.round(damaged / 5);
  const lines: string[] = [];
  const report = await runDrill({
    store: drillStore(testFiles(home).client, home.library.bucket),
    strata: strataHere(home.library, await home.makeActor()),
    folder: 'shoot/',
    keyOf: (path) => `team/${path}`,
    size: { overwritten: damaged - deleted, deleted, untouched: 20 },
    say: (line) => lines.push(line),
  });
  expect(report.faults, `seed ${report.seed}\n${lines.join('\n')}`).toEqual({ restored: [], undone: [] });
  expect(report.restored).toMatchObject({ state: 'succeeded', counts: { conflict: 0, failed: 0 } });
  expect(report.undone).toMatchObject({ state: 'succeeded', counts: { conflict: 0, failed: 0 } });
  // The drill has teeth: what was damaged was damaged, and every change was one of Strata's.
  const notes = 1 + Math.ceil(damaged / 100);
  expect(report.files).toEqual({
    before: damaged + 20,
    damaged: damaged + 20 - deleted + notes,
    restored: damaged + 20,
  });
  expect(report.restored.counts.done).toBe(damaged + notes);
});
