import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { inLanes } from './in-lanes.ts';
import { runOperation } from './run-operation.ts';
import { runPlannedOperation } from './run-planned-operation.ts';
import { startOperation } from './start-operation.ts';

/** Files of the run; `ORGANISE_FILES=10000` is the size that the product promises. */
const size = Number(process.env.ORGANISE_FILES ?? 240);

const { home, files, person } = await openFiles();
vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 300_000 });

it('a move of many survives the kill of its worker: nothing is lost, copied twice or done again', async () => {
  const paths = Array.from({ length: size }, (_, at) => `from/${String(at).padStart(5, '0')}.txt`);
  await inLanes(paths, 16, async (path) => void (await files.put(path, path)));
  const { operation } = await startOperation(person, {
    library: home.library.slug,
    type: 'move',
    selection: { paths: ['from/'] },
    params: { to: 'to/' },
    dryRun: true,
  });
  expect(operation).toMatchObject({ state: 'planned', plan: { counts: { copy: size, addMarker: size, conflict: 0 } } });
  const id = BigInt(operation.id);
  if (size > 50) expect((await runPlannedOperation(person, { id: operation.id })).operation.state).toBe('queued');
  else await db().operation.update({ where: { id }, data: { state: 'queued' } });

  const script = join(import.meta.dirname, '../../scripts/testing/run-one-operation.ts');
  const child = spawn(process.execPath, [script, operation.id], { stdio: 'ignore' });
  const exited = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  const done = () =>
    db().operationItem.findMany({ where: { operationId: id, state: 'done' }, orderBy: { position: 'asc' } });
  await vi.waitFor(async () => expect((await done()).length).toBeGreaterThan(size / 4), {
    timeout: 1_200_000,
    interval: 20,
  });
  child.kill('SIGKILL');
  expect(await exited).toBe('SIGKILL');
  const before = await done();
  expect(before.length).toBeLessThan(size);
  // What was in the air when it died is all that is looked at again: two batches.
  const halfDone = await db().operationItem.count({ where: { operationId: id, state: 'running' } });
  expect(halfDone).toBeLessThanOrEqual(200);

  await db().operation.update({ where: { id }, data: { heartbeatAt: new Date(Date.now() - 120_000) } });
  expect(await runOperation(id)).toBe('ended');
  const after = await done();
  expect(after).toHaveLength(size);
  const kept = new Set(before.map((item) => item.position));
  expect(after.filter((item) => kept.has(item.position))).toEqual(before);
  let copies = 0;
  await inLanes(paths, 16, async (path) => {
    const [there, left] = await Promise.all([files.stored(`to/${path}`), files.stored(path)]);
    copies += there.length;
    expect(left.map((entry) => entry.isDeleteMarker)).toEqual([true, false]);
  });
  expect(copies).toBe(size);
  expect(await db().move.count({ where: { operationId: id } })).toBe(size);
});
