import { Logger, runOnce } from 'graphile-worker';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import type { JobPayloads } from '#lib/jobs/definitions.ts';
import { listVersionsOf } from '#lib/storage/list-versions-of.ts';
import { putBytes } from '#lib/storage/objects.ts';
import { listKeyVersions, removeVersion } from '#lib/storage/versions.ts';
import { startUploads } from '#lib/uploads/start-uploads.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { makeOwnDatabase, type OwnDatabase } from '#scripts/testing/own-database.ts';
import { applyEvent } from './apply-event.ts';
import { checkLibraries } from './check-libraries.ts';
import { gatherEvents } from './gather-events.ts';
import type { StoreEvent } from './parse-events.ts';
import { planFeed } from './plan-feed.ts';
import { readFeedNow } from './read-feed.ts';
import { readFollowGauges } from './read-follow-gauges.ts';
import { dismissLooks, takeEvents } from './take-events.ts';

vi.mock('#lib/storage/list-versions-of.ts', async (load) => {
  const real = await load<typeof import('#lib/storage/list-versions-of.ts')>();
  return { ...real, listVersionsOf: vi.fn(real.listVersionsOf) };
});

let database: OwnDatabase;
let test: TestLibrary;
let anna: Actor;
beforeAll(async () => {
  database = await makeOwnDatabase();
  process.env.DATABASE_URL = database.url;
  test = await makeTestLibrary();
  anna = await test.makeActor();
});
afterAll(async () => {
  await test.remove();
  await closeDb();
  await database.remove();
});
beforeEach(() => database.query('DELETE FROM graphile_worker._private_jobs'));

const put = (key: string, body: string) =>
  putBytes({ bucket: test.library.bucket, key }, Buffer.from(body), 'text/plain');
const event = (key: string, more: Partial<StoreEvent> = {}): StoreEvent => ({
  bucket: test.library.bucket,
  key,
  versionId: null,
  kind: 'created',
  at: new Date(),
  ...more,
});
const fileOf = (path: string) => ({
  path,
  size: 5,
  contentType: 'text/plain',
  crc64nvme: 'AAAAAAAAAAA=',
  ifExists: 'fail' as const,
});
type Job = { id: string; payload: JobPayloads['sync-key']; delay: number };
const jobs = () =>
  database.query<Job>(
    `SELECT id, payload, round(extract(epoch from run_at - now())) AS delay FROM graphile_worker._private_jobs ORDER BY id`,
  );
/** What a worker does with every waiting job. */
async function work(): Promise<void> {
  for (const job of await jobs()) {
    await applyEvent(job.payload);
    await database.query('DELETE FROM graphile_worker._private_jobs WHERE id = $1', [job.id]);
  }
}
const assetAt = (path: string) =>
  db().asset.findUnique({ where: { libraryId_path: { libraryId: test.library.id, path } } });

describe('takeEvents', () => {
  it('brings in what another tool wrote, under names that need encoding', async () => {
    const { versionId } = await put('a+b c/ü%.txt', 'hello');
    expect(await takeEvents([event('a+b c/ü%.txt', { versionId })], 'webhook')).toEqual({
      accepted: 1,
      known: 0,
      ignored: 0,
    });
    await work();
    expect(await assetAt('a+b c/ü%.txt')).toMatchObject({ state: 'live', size: 5n, versionId });
  });

  it('keeps one waiting job a key, which then spares no look', async () => {
    const first = await put('twice.txt', '1');
    await takeEvents([event('twice.txt', { versionId: first.versionId })], 'webhook');
    expect((await jobs())[0]?.payload.event).toEqual({ versionId: first.versionId, kind: 'created' });
    await takeEvents([event('twice.txt', { versionId: 'another' }), event('twice.txt')], 'webhook');
    const waiting = await jobs();
    expect(waiting.map((job) => job.payload)).toMatchObject([{ key: 'twice.txt', event: null }]);
  });

  it('takes the same event told twice for one', async () => {
    const { versionId } = await put('echo.txt', '1');
    const told = event('echo.txt', { versionId });
    expect(await takeEvents([told, told], 'webhook')).toEqual({ accepted: 2, known: 0, ignored: 0 });
    await takeEvents([told], 'webhook');
    expect((await jobs()).map((job) => job.payload.event)).toEqual([{ versionId, kind: 'created' }]);
  });

  it('spares the looks at what was taken in meanwhile, and no other', async () => {
    await takeEvents(
      [
        event('mine-1.txt', { versionId: 'ours' }),
        event('mine-2.txt', { versionId: 'ours' }),
        event('mine-2.txt', { versionId: 'theirs' }),
        event('mine-3.txt', { versionId: 'ours', kind: 'removed' }),
      ],
      'webhook',
    );
    const made = ['mine-1.txt', 'mine-2.txt', 'mine-3.txt', 'never-told.txt'].map((key) => ({
      key,
      versionId: 'ours',
    }));
    await dismissLooks(test.library.id, made);
    expect((await jobs()).map((job) => job.payload.key).toSorted()).toEqual(['mine-2.txt', 'mine-3.txt']);
  });

  it('takes requests that come together in one go, and answers each for itself', async () => {
    const { versionId } = await put('gathered.txt', '1');
    await syncKey(test.library, 'gathered.txt');
    let asked = 0;
    const sender = {
      name: 'minio',
      findStore: async () => {
        asked += 1;
        return (await db().library.findUniqueOrThrow({ where: { id: test.library.id } })).storeId;
      },
    };
    const alone = event('alone.txt', { versionId: 'v' });
    const answers = await Promise.all([
      gatherEvents(sender, [alone]),
      gatherEvents(sender, [event('gathered.txt', { versionId })]),
      gatherEvents(sender, []),
      gatherEvents(sender, [alone, event('x', { bucket: 'not-ours' })]),
    ]);
    expect(answers).toEqual([
      { accepted: 1, known: 0, ignored: 0 },
      { accepted: 0, known: 1, ignored: 0 },
      { accepted: 0, known: 0, ignored: 0 },
      { accepted: 1, known: 0, ignored: 1 },
    ]);
    // The first goes at once; the others are together.
    expect(asked).toBe(2);
    // Told again by the store's second target, or after its restart; another sender has to show its right first.
    expect(await gatherEvents(sender, [alone])).toEqual({ accepted: 0, known: 1, ignored: 0 });
    expect(asked).toBe(2);
    const stranger = { name: 'stranger', findStore: () => Promise.reject(new Error('not let in')) };
    await expect(gatherEvents(stranger, [alone])).rejects.toThrow('not let in');
    const looks = (await jobs()).map((job) => job.payload).filter((payload) => 'event' in payload);
    expect(looks).toMatchObject([{ key: 'alone.txt', event: { versionId: 'v' } }]);
  });

  it('does nothing about what the index shows already, and looks again at a `null` version', async () => {
    const { versionId } = await put('known.txt', '1');
    await syncKey(test.library, 'known.txt');
    expect(await takeEvents([event('known.txt', { versionId })], 'webhook')).toMatchObject({ accepted: 0, known: 1 });
    expect(await takeEvents([event('known.txt', { versionId: 'null' })], 'webhook')).toMatchObject({ accepted: 1 });
    await removeVersion({ bucket: test.library.bucket, key: 'known.txt', versionId });
    const removed = event('known.txt', { versionId, kind: 'removed' });
    expect(await takeEvents([removed], 'webhook')).toMatchObject({ accepted: 1, known: 0 });
    await work();
    expect(await assetAt('known.txt')).toMatchObject({ state: 'gone' });
    expect(await takeEvents([removed], 'webhook')).toMatchObject({ accepted: 0, known: 1 });
  });

  it('waits while an upload of ours holds the key', async () => {
    await startUploads(anna, { library: test.library.slug, files: [fileOf('mine.txt')] });
    await takeEvents([event('mine.txt', { versionId: 'v' }), event('other.txt', { versionId: 'v' })], 'webhook');
    const delays = Object.fromEntries((await jobs()).map((job) => [job.payload.key, Number(job.delay)]));
    expect(delays['mine.txt']).toBeGreaterThan(5);
    expect(delays['other.txt']).toBeLessThanOrEqual(0);
  });

  it('is right whatever the order, and however often', async () => {
    const one = await put('late.txt', '1');
    const two = await put('late.txt', '22');
    await removeVersion({ bucket: test.library.bucket, key: 'late.txt', versionId: one.versionId });
    const story = [
      event('late.txt', { versionId: one.versionId, kind: 'removed' }),
      event('late.txt', { versionId: two.versionId }),
      event('late.txt', { versionId: one.versionId }),
    ];
    for (const told of [...story, ...story.toReversed()]) {
      await takeEvents([told], 'queue');
      await work();
    }
    expect(await assetAt('late.txt')).toMatchObject({ state: 'live', versionId: two.versionId, versionCount: 1 });
    const rows = await db().version.findMany({ where: { asset: { libraryId: test.library.id, path: 'late.txt' } } });
    expect(rows.filter((row) => row.removedAt === null).map((row) => row.versionId)).toEqual([two.versionId]);
    expect(await listKeyVersions({ bucket: test.library.bucket, key: 'late.txt' })).toHaveLength(1);
  });

  it('applies what waits side by side together, and alone what the look does not show or what fails', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `crowd/${String(at).padStart(2, '0')}.txt`);
    const tell = async (text: string) => {
      const made = await Promise.all(names.map(async (name) => ({ name, ...(await put(name, text)) })));
      await takeEvents(
        made.map(({ name, versionId }) => event(name, { versionId })),
        'webhook',
      );
    };
    const turns: string[] = [];
    const runAll = async () => {
      turns.length = 0;
      const { run } = await import('../jobs/tasks/sync-key.ts');
      await runOnce({
        connectionString: database.url,
        logger: new Logger(() => () => {}),
        taskList: {
          'sync-key': async (payload, { job }) => {
            turns.push((payload as JobPayloads['sync-key']).key);
            await run(payload as never, { signal: new AbortController().signal, jobId: String(job.id), attempt: 1 });
          },
        },
        concurrency: 1,
      });
    };
    const isLive = async (name: string) => (await assetAt(name))?.state === 'live';
    const goneBefore = await put('crowd/gone.txt', 'x');
    await tell('first');
    await takeEvents([event('crowd/gone.txt', { versionId: goneBefore.versionId })], 'webhook');
    await removeVersion({ bucket: test.library.bucket, key: 'crowd/gone.txt', versionId: goneBefore.versionId });
    const before = (await readFeedNow(test.library.id))?.applied ?? 0;
    await runAll();
    expect(new Set(turns).size).toBeLessThanOrEqual(2);
    expect(await Promise.all(names.map(isLive))).toEqual(names.map(() => true));
    expect(await assetAt('crowd/gone.txt')).toBeNull();
    expect(((await readFeedNow(test.library.id))?.applied ?? 0) - before).toBe(names.length + 1);
    expect(await database.query("SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'sync-key'")).toEqual([]);

    await tell('second');
    vi.mocked(listVersionsOf).mockRejectedValueOnce(new Error('The listing broke.'));
    await runAll();
    expect(new Set(turns).size).toBe(names.length);
    expect((await Promise.all(names.map(assetAt))).map((asset) => asset?.versionCount)).toEqual(names.map(() => 2));
  });

  it('leaves other buckets, other stores and the root itself alone', async () => {
    const { storeId } = await db().library.findUniqueOrThrow({ where: { id: test.library.id } });
    const nowhere = [event('a', { bucket: 'somebody-elses' }), event('')];
    expect(await takeEvents(nowhere, 'webhook')).toEqual({ accepted: 0, known: 0, ignored: 2 });
    expect(await takeEvents([event('a')], 'webhook', { storeId: storeId + 1n })).toMatchObject({ ignored: 1 });
    expect(await jobs()).toEqual([]);
  });

  it('ends quietly when the library is gone', async () => {
    await expect(
      applyEvent({ libraryId: '999999', key: 'a', eventAt: new Date().toISOString(), event: null }),
    ).resolves.toBeUndefined();
  });

  /** As if what waits had been asked for so many seconds ago. */
  const longAgo = (seconds: number) =>
    database.query(
      `UPDATE graphile_worker._private_jobs SET created_at = created_at - make_interval(secs => $1),
         updated_at = updated_at - make_interval(secs => $1), run_at = run_at - make_interval(secs => $1)`,
      [seconds],
    );

  it('says how far behind the index is', async () => {
    await takeEvents([event('slow.txt', { at: new Date(Date.now() - 4_000) })], 'webhook');
    await longAgo(30);
    const waiting = await readFeedNow(test.library.id);
    expect(waiting).toMatchObject({ source: 'webhook', waiting: 1 });
    expect(planFeed(waiting, new Date()).lagSeconds).toBeGreaterThanOrEqual(30);
    await work();
    const caughtUp = await readFeedNow(test.library.id);
    expect(caughtUp).toMatchObject({ waiting: 0, waitingSince: null });
    expect(planFeed(caughtUp, new Date()).lagSeconds).toBeGreaterThanOrEqual(4);
  });

  it('is not behind while a look waits for an upload of ours, and then from the end of that wait', async () => {
    await startUploads(anna, { library: test.library.slug, files: [fileOf('ours.txt')] });
    await takeEvents([event('ours.txt')], 'webhook');
    const times = async () => {
      const [job] = await database.query<{ asked: Date; due: Date; late: Date }>(
        `SELECT date_trunc('milliseconds', created_at) AS asked, date_trunc('milliseconds', run_at) AS due,
           date_trunc('milliseconds', (payload->>'eventAt')::timestamptz) AS late FROM graphile_worker._private_jobs`,
      );
      return { ...job, waitingSince: (await readFeedNow(test.library.id))?.waitingSince };
    };
    const waits = await times();
    expect(waits.late).toEqual(waits.due);
    expect(waits.waitingSince).toBeNull();
    await longAgo(60);
    const due = await times();
    expect(due.waitingSince).toEqual(due.due);
    await database.query(
      `UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'away', run_at = now() + interval '1 minute'`,
    );
    const failed = await times();
    expect(failed.waitingSince).toEqual(failed.asked);
  });
});

it('leaves a library alone that was removed: no event, no hourly comparison and no figure is about it', async () => {
  const { id } = test.library;
  await db().library.update({ where: { id }, data: { removedAt: new Date() } });
  expect(await takeEvents([event('a.txt')], 'webhook')).toEqual({ accepted: 0, known: 0, ignored: 1 });
  expect(await checkLibraries()).toBe(0);
  expect(await jobs()).toEqual([]);
  expect(await readFollowGauges()).toEqual([]);
  await db().library.update({ where: { id }, data: { removedAt: null } });
  expect(await checkLibraries()).toBe(1);
});
