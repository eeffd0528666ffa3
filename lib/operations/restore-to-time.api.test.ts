import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { listEntries } from '#lib/assets/list-entries.ts';
import { db } from '#lib/db.ts';
import type { AppError } from '#lib/errors.ts';
import { countEntriesAt } from '#lib/history/count-entries-at.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { headObject } from '#lib/storage/objects.ts';
import { removeVersion } from '#lib/storage/versions.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { runPlannedOperation } from './run-planned-operation.ts';
import { startOperation } from './start-operation.ts';
import { undoOperation } from './undo-operation.ts';

const { home, files, person: admin } = await openFiles({ rootPrefix: 'm/' });
let at: string;
let expired: string;

/** The store's clock and ours are one here, but HTTP dates have whole seconds. */
const gap = 1_100;

beforeAll(async () => {
  await files.put('t/kept.txt', 'kept');
  await files.put('t/changed.txt', 'first');
  await putVerified('t/again.txt', 'same bytes');
  await files.put('t/sub/deleted.txt', 'deleted later');
  await files.put('t/both.txt', 'changed and deleted');
  await files.put('t/gone-before.txt', 'deleted before');
  await trash('t/gone-before.txt');
  expired = await files.put('t/expired.txt', 'will expire');
  await sleep(gap);
  at = new Date().toISOString();
  await sleep(gap);
  await files.put('t/changed.txt', 'second');
  await files.put('t/again.txt', 'other');
  await putVerified('t/again.txt', 'same bytes');
  await files.put('t/both.txt', 'changed');
  await files.put('t/new.txt', 'made later');
  await files.put('t/expired.txt', 'newer');
  await removeVersion({ ...files.ref('t/expired.txt'), versionId: expired });
  await syncKey(home.library, files.ref('t/expired.txt').key);
  await trash('t/both.txt');
  await trash('t/sub/deleted.txt');
});

/** As an upload through Strata does it: the index knows the checksum as well. */
async function putVerified(path: string, body: string): Promise<void> {
  await files.write(path, body);
  const { key } = files.ref(path);
  const head = await headObject(files.ref(path));
  if (!head) throw new Error(`${path} is not there`);
  await syncKey(
    home.library,
    key,
    new Map([[head.versionId, { contentType: head.contentType, crc64nvme: head.crc64nvme }]]),
  );
}

async function trash(path: string): Promise<void> {
  const selection = { paths: [path] };
  await startOperation(admin, { library: home.library.slug, type: 'trash', selection });
}

const restore = (more: object = {}, as = admin) =>
  startOperation(as, {
    library: home.library.slug,
    type: 'restore-to-time',
    selection: { paths: ['t/'] },
    params: { at },
    ...more,
  });
const code = (promise: Promise<unknown>) => promise.then(() => 'answered').catch((error: AppError) => error.code);

/** What is live in the bucket below t/, by checksum; the store is asked, not the index. */
async function liveBytes(): Promise<Record<string, string | null>> {
  const assets = await db().asset.findMany({ where: { libraryId: home.library.id }, select: { path: true } });
  const found: Record<string, string | null> = {};
  for (const { path } of assets) {
    const [top] = await files.stored(path);
    if (top && !top.isDeleteMarker) found[path] = (await headObject(files.ref(path)))?.crc64nvme ?? null;
  }
  return found;
}

describe('restoring a folder to a moment', () => {
  let damaged: Record<string, string | null>;

  it('plans every kind from the index and changes nothing', async () => {
    damaged = await liveBytes();
    const { operation } = await restore({ dryRun: true });
    expect(operation.state).toBe('planned');
    expect(operation.plan.counts).toMatchObject({
      unchanged: 2, // kept, and again: other versions with the same bytes
      copy: 2, // changed, both
      removeMarker: 1, // sub/deleted
      addMarker: 1, // new
      unavailable: 1, // expired
      conflict: 0,
      thaw: 0,
    });
    expect(operation.plan.bytesToCopy).toBe('first'.length + 'changed and deleted'.length);
    expect(await liveBytes()).toEqual(damaged);
  });

  it('leaves out what was excluded, and asks for admin and a moment that has been', async () => {
    const { operation } = await restore({ dryRun: true, params: { at, exclude: ['t/changed.txt', 't/new.txt'] } });
    expect(operation.plan.counts).toMatchObject({ copy: 1, addMarker: 0 });
    const contributor = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    expect(await code(restore({}, contributor))).toBe('forbidden');
    const elsewhere = await home.makeActor([{ prefix: 'other/', role: 'admin' }]);
    expect(await code(restore({}, elsewhere))).toBe('not_found');
    expect(await code(restore({ params: {} }))).toBe('invalid_request');
    expect(await code(restore({ params: { at: new Date(Date.now() + 60_000).toISOString() } }))).toBe(
      'invalid_request',
    );
  });

  it('runs as frozen, reports what was written since, and is undone as a whole', async () => {
    const planned = await restore({ dryRun: true });
    await files.put('t/sub/late.txt', 'written after the plan');
    const { operation } = await runPlannedOperation(admin, { id: planned.operation.id });
    expect(operation).toMatchObject({ state: 'partial', counts: { done: 4, conflict: 1 }, undoable: true });
    const told = await db().auditEvent.findFirst({ where: { operationId: BigInt(operation.id) } });
    expect(told?.data).toMatchObject({ type: 'operation.started', operation: 'restore-to-time', at });

    const then = await listEntries(admin, { library: home.library.slug, path: 't/', sort: 'name', limit: 100, at });
    const names = then.entries.map((entry) => entry.name);
    expect(names).toEqual(['sub', 'again.txt', 'both.txt', 'changed.txt', 'expired.txt', 'kept.txt']);
    const now = await liveBytes();
    expect(Object.keys(now).toSorted()).toEqual([
      't/again.txt',
      't/both.txt',
      't/changed.txt',
      't/expired.txt',
      't/kept.txt',
      't/sub/deleted.txt',
      't/sub/late.txt',
    ]);
    // What is to be as it was has the bytes that it had; nothing was destroyed on the way.
    for (const path of ['t/changed.txt', 't/both.txt']) {
      const stored = await files.stored(path);
      const oldest = stored.at(-1);
      const was = await headObject({ ...files.ref(path), versionId: String(oldest?.versionId) });
      expect(now[path]).toBe(was?.crc64nvme);
      expect(stored.filter((entry) => !entry.isDeleteMarker)).toHaveLength(3);
    }
    expect(now['t/expired.txt']).toBe(damaged['t/expired.txt']);

    // Copies of the same bytes are no difference: all that is left is the one that is gone, and the one that was written since.
    const counted = await countEntriesAt(admin, { library: home.library.slug, path: 't/', at });
    expect(counted.differ).toEqual({ changed: 1, deleted: 0, made: 1 });
    const again = await restore({ dryRun: true });
    expect(again.operation.plan.counts).toMatchObject({ copy: 0, removeMarker: 0, addMarker: 1, unavailable: 1 });

    const undone = await undoOperation(admin, { id: operation.id });
    expect(undone.operation).toMatchObject({ state: 'succeeded', type: 'restore-to-time', counts: { done: 4 } });
    const { 't/sub/late.txt': late, ...rest } = await liveBytes();
    expect(late).toBeTruthy();
    expect(rest).toEqual(damaged);
  });

  it('reports a file that somebody changed between plan and run, and leaves it', async () => {
    const planned = await restore({ dryRun: true, selection: { paths: ['t/changed.txt'] } });
    const newest = await files.put('t/changed.txt', 'third');
    const { operation } = await runPlannedOperation(admin, { id: planned.operation.id });
    expect(operation).toMatchObject({ state: 'failed', counts: { conflict: 1 } });
    expect((await files.stored('t/changed.txt'))[0]?.versionId).toBe(newest);
  });
});
