import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { getOperation } from '#lib/operations/get-operation.ts';
import { listOperationItems } from '#lib/operations/list-operation-items.ts';
import { retryOperation } from '#lib/operations/retry-operation.ts';
import { runOperation } from '#lib/operations/run-operation.ts';
import { runPlannedOperation } from '#lib/operations/run-planned-operation.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { removeVersion } from '#lib/storage/versions.ts';
import { FaultyRelay } from '#scripts/testing/faulty-relay.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import { findIndexFaults } from '#scripts/testing/index-faults.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { OtherTool } from '#scripts/testing/other-tool.ts';

let relay: FaultyRelay;
let tool: OtherTool;
let home: TestLibrary;
let files: TestFiles;
let admin: Actor;
let at: string;
const old = Array.from({ length: 16 }, (_, n) => `t/old-${n}.txt`);
const made = Array.from({ length: 8 }, (_, n) => `t/new-${n}.txt`);
const sources = new Map<string, string>();

beforeAll(async () => {
  const endpoint = String(process.env.S3_ENDPOINT);
  relay = await FaultyRelay.before(endpoint);
  process.env.S3_ENDPOINT = relay.url;
  home = await makeTestLibrary();
  tool = new OtherTool(home.library.bucket);
  files = testFiles(home);
  admin = await home.makeActor();
  for (const path of old) sources.set(path, await files.put(path, `first of ${path}`));
  await sleep(1_100);
  at = new Date().toISOString();
  await sleep(1_100);
  for (const path of [...old, ...made]) await files.put(path, 'second');
});
afterAll(async () => {
  relay.mend();
  tool.close();
  await home.remove();
  await closeDb();
  await relay.close();
});

it('comes to its end through a store that is busy and loses answers, and tells of a source that was purged in between', async () => {
  const selection = { paths: ['t/'] };
  const input = {
    library: home.library.slug,
    type: 'restore-to-time',
    selection,
    params: { at },
    dryRun: true,
  } as const;
  const { operation } = await startOperation(admin, input);
  const { id } = operation;
  const purged = 't/old-3.txt';
  await removeVersion({ ...files.ref(purged), versionId: String(sources.get(purged)) });

  relay.spoil(35, 'busy', 'lost', 'cut');
  try {
    await runPlannedOperation(admin, { id });
    for (let turn = 0; turn < 40; turn += 1) {
      const { state, counts } = (await getOperation(admin, { id })).operation;
      if (state === 'queued') await runOperation(BigInt(id));
      else if (counts.failed > 0) await retryOperation(admin, { id });
      else break;
    }
  } finally {
    relay.mend();
  }
  const ended = (await getOperation(admin, { id })).operation;
  const told = `seed ${relay.seed}, ${JSON.stringify(relay.counts)}`;
  expect(ended, told).toMatchObject({ state: 'partial', counts: { done: 23, conflict: 1, failed: 0 } });
  const { items } = await listOperationItems(admin, { id, state: 'conflict' });
  expect(items).toMatchObject([{ path: purged, error: { code: 'not_found' } }]);

  // A copy whose answer was lost is made twice, since stores take no name for a request; it is never taken for a stranger's.
  for (const path of old) {
    const sizes = (await files.stored(path)).map(({ size }) => size);
    if (path === purged) expect(sizes, told).toEqual(['second'.length]);
    else expect(new Set(sizes.slice(0, -2)), `${path}, ${told}`).toEqual(new Set([`first of ${path}`.length]));
  }
  for (const path of made) expect((await files.stored(path))[0]?.isDeleteMarker, `${path}, ${told}`).toBe(true);
  expect(await findIndexFaults(home.library, tool), told).toEqual([]);
});
