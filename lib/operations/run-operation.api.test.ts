import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runOnce } from 'graphile-worker';
import { describe, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { copyVersion } from '#lib/storage/copy-version.ts';
import { putDeleteMarker } from '#lib/storage/objects.ts';
import { openFiles } from '#scripts/testing/open-files.ts';
import { closeRelayServer, openRelayServer, passOn } from '#scripts/testing/relay-server.ts';
import { cancelOperation } from './cancel-operation.ts';
import { getOperation } from './get-operation.ts';
import { inLanes } from './in-lanes.ts';
import { insertOperation } from './insert-operation.ts';
import { listOperationItems } from './list-operation-items.ts';
import { pauseOperation, resumeOperation } from './pause-operation.ts';
import type { PlannedItem } from './plan-summary.ts';
import { resumeOperations } from './resume-operations.ts';
import { retryOperation } from './retry-operation.ts';
import { runOperation } from './run-operation.ts';
import { startOperation } from './start-operation.ts';
import { undoOperation } from './undo-operation.ts';

vi.mock('#lib/storage/copy-version.ts', async (load) => {
  const real = await load<typeof import('#lib/storage/copy-version.ts')>();
  return { ...real, copyVersion: vi.fn(real.copyVersion) };
});
vi.mock('#lib/storage/objects.ts', async (load) => {
  const real = await load<typeof import('#lib/storage/objects.ts')>();
  return { ...real, putDeleteMarker: vi.fn(real.putDeleteMarker) };
});

const { home, files, person } = await openFiles();

async function fill(folder: string, count: number): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, at) => `${folder}${String(at).padStart(4, '0')}.txt`);
  await inLanes(paths, 8, async (path) => void (await files.put(path, path)));
  return paths;
}

const transfer = (type: 'move' | 'copy', from: string, to: string) =>
  startOperation(person, { library: home.library.slug, type, selection: { paths: [from] }, params: { to } });
const liveIn = (folder: string) =>
  db().asset.count({ where: { libraryId: home.library.id, path: { startsWith: folder }, state: 'live' } });
const view = async (id: string, actor = person) => (await getOperation(actor, { id })).operation;
const jobsOf = (id: string) =>
  db().$queryRaw<{ key: string }[]>`SELECT "key" FROM graphile_worker.jobs WHERE "key" = ${`run-operation:${id}`}`;

/** Runs waiting jobs with the worker's own library and our own task. */
async function work(): Promise<void> {
  const { run } = await import('../jobs/tasks/run-operation.ts');
  await runOnce({
    connectionString: String(process.env.DATABASE_URL),
    taskList: {
      'run-operation': (payload) =>
        run(payload as { operationId: string }, { signal: new AbortController().signal, jobId: '0', attempt: 1 }),
    },
  });
}

/** As if the runner had been silent for long. */
async function silence(id: string): Promise<void> {
  await db().operation.update({ where: { id: BigInt(id) }, data: { heartbeatAt: new Date(Date.now() - 120_000) } });
}

describe('more than fifty items', () => {
  it('wait for the worker in a job made with the operation, and are run by it', async () => {
    await fill('many/', 60);
    const { operation } = await files.trash(person, 'many/');
    expect(operation).toMatchObject({ state: 'queued', undoable: false, counts: { total: 60, pending: 60, done: 0 } });
    expect(await jobsOf(operation.id)).toHaveLength(1);
    await work();
    expect(await view(operation.id)).toMatchObject({
      state: 'succeeded',
      undoable: true,
      counts: { done: 60, pending: 0 },
    });
    expect(
      await db().asset.count({
        where: { libraryId: home.library.id, path: { startsWith: 'many/' }, state: 'trashed' },
      }),
    ).toBe(60);
    const first = await listOperationItems(person, { id: operation.id });
    expect(first.items.map((item) => item.position)).toEqual(Array.from({ length: 60 }, (_, at) => at));
    const undo = await undoOperation(person, { id: operation.id });
    expect(undo.operation.state).toBe('queued');
    await expect(undoOperation(person, { id: operation.id })).rejects.toMatchObject({ code: 'wrong_state' });
    await work();
    expect(await view(undo.operation.id)).toMatchObject({ state: 'succeeded', counts: { done: 60 } });
  });
});

describe('a runner that is killed in the middle', () => {
  it('repeats nothing and loses nothing when another one takes over', async () => {
    const paths = await fill('kill/', 112);
    // Copies, since a repeated one would show as a further version (a repeated marker does not show on this store).
    const items: PlannedItem[] = [];
    await inLanes(paths, 8, async (path) => {
      await files.put(path, 'second');
      const [top, first] = await files.stored(path);
      const seen = { versionId: String(top?.versionId), etag: top?.etag ?? null };
      const source = { versionId: String(first?.versionId), etag: first?.etag ?? null };
      const step = { kind: 'copy-up', source, expect: { ...seen, isDeleteMarker: false } } as const;
      items.push({ key: toKey(home.library, path), path, step, bytes: 1, state: 'pending', error: null });
    });
    const rest = { params: {}, role: 'admin', clientId: null, planned: false, undoOfId: null } as const;
    const made = await db().$transaction((tx) =>
      insertOperation(tx, person, { libraryId: home.library.id, type: 'restore-version', items, ...rest }),
    );
    const id = String(made.id);

    // The first hundred are written together; of the rest some are copied, and then the store says nothing any more.
    let copies = 0;
    const store = new URL(String(process.env.S3_ENDPOINT));
    const { server, url } = await openRelayServer(async (incoming, outgoing) => {
      if (incoming.headers['x-amz-copy-source'] !== undefined) copies += 1;
      if (copies <= 105) passOn(store, incoming, outgoing, (answer) => answer.pipe(outgoing));
    });
    const script = join(import.meta.dirname, '../../scripts/testing/run-one-operation.ts');
    const env = { ...process.env, S3_ENDPOINT: url };
    const child = spawn(process.execPath, [script, id], { stdio: 'ignore', env });
    const exited = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    await vi.waitFor(() => expect(copies).toBeGreaterThan(105), { timeout: 30_000, interval: 10 });
    child.kill('SIGKILL');
    expect(await exited).toBe('SIGKILL');
    await closeRelayServer(server);
    const after = await view(id);
    expect(after.state).toBe('running');
    expect(after.counts.done).toBeLessThan(112);
    const finished = await db().operationItem.findMany({
      where: { operationId: made.id, state: 'done' },
      orderBy: { position: 'asc' },
      select: { position: true, finishedAt: true },
    });

    // It is not given away while its runner may be alive.
    expect(await runOperation(made.id)).toBe('busy');
    await silence(id);
    expect(await resumeOperations()).toBeGreaterThan(0);
    await work();
    expect(await view(id)).toMatchObject({
      state: 'succeeded',
      counts: { total: 112, done: 112, conflict: 0, failed: 0 },
    });
    await inLanes(paths, 8, async (path) => expect(await files.stored(path)).toHaveLength(3));
    const again = await db().operationItem.findMany({
      where: { operationId: made.id, position: { in: finished.map((item) => item.position) } },
      orderBy: { position: 'asc' },
      select: { position: true, finishedAt: true },
    });
    expect(again).toEqual(finished);
    const journal = await db().operationItem.findMany({
      where: { operationId: made.id },
      select: { key: true, versionId: true },
    });
    for (const item of journal) expect((await files.stored(item.key))[0]?.versionId).toBe(item.versionId);
  });

  it('writes nothing any more when it was only asleep and somebody has taken over', async () => {
    await files.put('asleep/a.txt', 'a');
    await files.put('asleep/b.txt', 'b');
    const planned = await startOperation(person, {
      library: home.library.slug,
      type: 'trash',
      selection: { paths: ['asleep/'] },
      dryRun: true,
    });
    const id = BigInt(planned.operation.id);
    await db().operation.update({ where: { id }, data: { state: 'queued' } });
    const real = vi.mocked(putDeleteMarker).getMockImplementation() as typeof putDeleteMarker;
    let other: string | undefined;
    vi.mocked(putDeleteMarker).mockImplementationOnce(async (ref) => {
      const put = await real(ref);
      await silence(String(id));
      other = await runOperation(id);
      return put;
    });
    expect(await runOperation(id)).toBe('busy');
    expect(other).toBe('ended');
    expect(await view(String(id))).toMatchObject({ state: 'succeeded', counts: { done: 2, skipped: 0 } });
  });
});

describe('cancel', () => {
  it('stops before the next item; what is done stays done and can be undone', async () => {
    await fill('stop/', 60);
    const { operation } = await transfer('move', 'stop/', 'stopped/');
    const real = vi.mocked(copyVersion).getMockImplementation() as typeof copyVersion;
    let calls = 0;
    let cancelling: Promise<unknown> | undefined;
    vi.mocked(copyVersion).mockImplementation(async (input) => {
      calls += 1;
      if (calls === 20) cancelling = cancelOperation(person, { id: operation.id });
      await cancelling;
      return real(input);
    });
    try {
      await work();
    } finally {
      vi.mocked(copyVersion).mockImplementation(real);
    }
    const ended = await view(operation.id);
    expect(ended).toMatchObject({ state: 'cancelled', undoable: true });
    expect(ended.counts.done).toBe(calls);
    expect(ended.counts.pending).toBe(60 - calls);
    expect(calls).toBeLessThan(60);
    // Every file is in exactly one of both places.
    expect(await liveIn('stopped/')).toBe(calls);
    expect(await liveIn('stop/')).toBe(60 - calls);
    await expect(cancelOperation(person, { id: operation.id })).rejects.toMatchObject({ code: 'wrong_state' });
    const undo = await undoOperation(person, { id: operation.id });
    expect(undo.operation).toMatchObject({ state: 'succeeded', counts: { total: calls } });
    expect([await liveIn('stop/'), await liveIn('stopped/')]).toEqual([60, 0]);
    const types = await db().auditEvent.findMany({
      where: { operationId: BigInt(operation.id) },
      orderBy: { id: 'asc' },
      select: { type: true },
    });
    expect(types.map((event) => event.type)).toEqual(['operation.started', 'operation.cancelled']);
  });

  it('ends at once what still waits, and is not for viewers', async () => {
    await fill('wait/', 51);
    const { operation } = await files.trash(person, 'wait/');
    const viewer = await home.makeActor([{ prefix: '', role: 'viewer' }]);
    await expect(cancelOperation(viewer, { id: operation.id })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await cancelOperation(person, { id: operation.id })).operation).toMatchObject({
      state: 'cancelled',
      undoable: false,
    });
    await work();
    expect(await view(operation.id)).toMatchObject({ state: 'cancelled', counts: { pending: 51 } });
  });
});

describe('pause', () => {
  it('begins nothing new until it is resumed, and repeats nothing then', async () => {
    await fill('pause/', 60);
    const { operation } = await transfer('copy', 'pause/', 'paused/');
    const { id } = operation;
    const real = vi.mocked(copyVersion).getMockImplementation() as typeof copyVersion;
    let calls = 0;
    let pausing: ReturnType<typeof pauseOperation> | undefined;
    vi.mocked(copyVersion).mockImplementation(async (input) => {
      calls += 1;
      if (calls === 20) pausing = pauseOperation(person, { id });
      if (pausing) expect((await pausing).operation).toMatchObject({ paused: true });
      return real(input);
    });
    try {
      await work();
      const paused = await view(id);
      expect(paused).toMatchObject({ state: 'queued', paused: true, undoable: false });
      expect(paused.counts).toMatchObject({ done: calls, pending: 60 - calls });
      expect(calls).toBeLessThan(60);
      await db().operation.update({ where: { id: BigInt(id) }, data: { createdAt: new Date(0) } });
      await resumeOperations();
      expect(await jobsOf(id)).toEqual([]);
      expect(await runOperation(BigInt(id))).toBe('busy');

      const viewer = await home.makeActor([{ prefix: '', role: 'viewer' }]);
      await expect(resumeOperation(viewer, { id })).rejects.toMatchObject({ code: 'forbidden' });
      expect((await resumeOperation(person, { id })).operation).toMatchObject({ state: 'queued', paused: false });
      await work();
    } finally {
      vi.mocked(copyVersion).mockImplementation(real);
    }
    expect(await view(id)).toMatchObject({ state: 'succeeded', paused: false, counts: { done: 60 } });
    expect(calls).toBe(60);
    await expect(pauseOperation(person, { id })).rejects.toMatchObject({ code: 'wrong_state' });
    const audited = await db().auditEvent.findMany({ where: { operationId: BigInt(id) }, orderBy: { id: 'asc' } });
    expect(audited.map((event) => event.type)).toEqual(['operation.started', 'operation.paused', 'operation.resumed']);
  });

  it('is ended by a cancel', async () => {
    await fill('pausing/', 51);
    const { operation } = await files.trash(person, 'pausing/');
    await pauseOperation(person, { id: operation.id });
    expect((await cancelOperation(person, { id: operation.id })).operation).toMatchObject({
      state: 'cancelled',
      paused: false,
    });
  });
});

describe('faults', () => {
  it('lets one item fail and the rest go on; retry runs only the failed one', async () => {
    const paths = await fill('fault/', 3);
    const real = vi.mocked(putDeleteMarker).getMockImplementation() as typeof putDeleteMarker;
    vi.mocked(putDeleteMarker).mockImplementation((ref) => {
      if (!ref.key.endsWith('0001.txt')) return real(ref);
      throw new AppError('not_supported_by_store', 'The store does not support this.');
    });
    const { operation } = await files
      .trash(person, ...paths)
      .finally(() => vi.mocked(putDeleteMarker).mockImplementation(real));
    expect(operation).toMatchObject({ state: 'partial', counts: { done: 2, failed: 1 }, undoable: true });
    const { items } = await listOperationItems(person, { id: operation.id, state: 'failed' });
    expect(items).toMatchObject([{ path: 'fault/0001.txt', error: { code: 'not_supported_by_store' } }]);
    vi.mocked(putDeleteMarker).mockClear();
    const again = await retryOperation(person, { id: operation.id });
    expect(again.operation).toMatchObject({ state: 'succeeded', counts: { done: 3, failed: 0 } });
    expect(vi.mocked(putDeleteMarker)).toHaveBeenCalledTimes(1);
    await expect(retryOperation(person, { id: operation.id })).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('waits while the store is away, in the worker, and goes on by itself', async () => {
    const paths = await fill('away/', 2);
    const real = vi.mocked(putDeleteMarker).getMockImplementation() as typeof putDeleteMarker;
    vi.mocked(putDeleteMarker).mockImplementation(() => {
      throw new AppError('store_unavailable', 'The store does not answer. Try again.', { retryAfter: 5 });
    });
    const { operation } = await files
      .trash(person, ...paths)
      .finally(() => vi.mocked(putDeleteMarker).mockImplementation(real));
    expect(operation).toMatchObject({ state: 'queued', counts: { pending: 2, failed: 0 } });
    expect(await jobsOf(operation.id)).toHaveLength(1);
    expect(await runOperation(BigInt(operation.id))).toBe('ended');
    expect(await view(operation.id)).toMatchObject({ state: 'succeeded', counts: { done: 2 } });
  });

  it('finds out what became of half-done items also when it is cancelled meanwhile', async () => {
    await fill('half/', 30);
    const real = vi.mocked(copyVersion).getMockImplementation() as typeof copyVersion;
    vi.mocked(copyVersion).mockImplementation(async (input) => {
      // The copy is made, and its answer is lost.
      await real(input);
      throw new AppError('store_unavailable', 'The store does not answer. Try again.', { retryAfter: 5 });
    });
    const { operation } = await transfer('copy', 'half/', 'halves/').finally(() =>
      vi.mocked(copyVersion).mockImplementation(real),
    );
    expect(operation.state).toBe('queued');
    const cancelled = await cancelOperation(person, { id: operation.id });
    expect(cancelled.operation.state).toBe('queued');
    expect(await runOperation(BigInt(operation.id))).toBe('ended');
    const ended = await view(operation.id);
    const made = await liveIn('halves/');
    expect(ended).toMatchObject({ state: 'cancelled', counts: { done: made, pending: 30 - made } });
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(30);
    const undo = await undoOperation(person, { id: operation.id });
    expect(undo.operation).toMatchObject({ state: 'succeeded', counts: { done: made } });
    expect(await liveIn('halves/')).toBe(0);
  });

  it('asks the grants again while it runs, and whether the person is still there', async () => {
    await fill('rights/', 60);
    const leaver = await home.makeActor([{ prefix: 'rights/', role: 'contributor' }]);
    const { operation } = await files.trash(leaver, 'rights/');
    await db().user.update({ where: { id: leaver.userId }, data: { disabledAt: new Date() } });
    await work();
    expect(await view(operation.id)).toMatchObject({ state: 'failed', counts: { failed: 60, done: 0 } });
    const { items } = await listOperationItems(person, { id: operation.id });
    expect(items[0]?.error?.code).toBe('forbidden');
    expect(
      await db().asset.count({ where: { libraryId: home.library.id, path: { startsWith: 'rights/' }, state: 'live' } }),
    ).toBe(60);
  });
});
