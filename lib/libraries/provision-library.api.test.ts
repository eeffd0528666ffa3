import { runOnce } from 'graphile-worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEntries } from '#lib/assets/list-entries.ts';
import type { Actor, RoleName } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { run as indexLibraryTask } from '#lib/jobs/tasks/index-library.ts';
import { run as reconcileLibraryTask } from '#lib/jobs/tasks/reconcile-library.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { bucketExists, createBucket, deleteBucket, getDefaultEncryption, getVersioning } from '#lib/storage/buckets.ts';
import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import { SCRATCH_BUCKET_PREFIX } from '#lib/storage/identity-policies.ts';
import { headObject, putBytes } from '#lib/storage/objects.ts';
import { emptyBucket } from '#lib/storage/scratch-bucket.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { startUploads } from '#lib/uploads/start-uploads.ts';
import { type ForeignBucket, makeForeignBucket } from '#scripts/testing/foreign-bucket.ts';
import { makeOwnDatabase, type OwnDatabase } from '#scripts/testing/own-database.ts';
import { requireTestStore } from '#scripts/testing/store.ts';
import { libraryView } from './library-view.ts';
import { type Provisioned, provisionLibrary } from './provision-library.ts';
import { requireLibraryById } from './require-library.ts';
import { switchVersioningOn } from './switch-versioning-on.ts';

let database: OwnDatabase;
let endpoint: string;
beforeAll(async () => {
  ({ endpoint } = requireTestStore());
  database = await makeOwnDatabase();
  // Read at the first call of env(), which comes later. Its own database, so that no worker takes the jobs away.
  process.env.DATABASE_URL = database.url;
});
afterAll(async () => {
  await closeDb();
  await database?.remove();
});

const provision = (bucket: string) =>
  provisionLibrary({ endpoint, bucket, origin: 'http://localhost:3000', name: 'Media library' });
const rowOf = (bucket: string) => db().library.findMany({ where: { bucket } });
const indexJobs = (libraryId: bigint) =>
  db().$queryRaw<{ id: bigint }[]>`
    SELECT "id" FROM graphile_worker.jobs WHERE "key" = ${`index-library:${libraryId}`}`;

async function makeActor(libraryId: bigint, role: RoleName): Promise<Actor> {
  const user = await db().user.create({ data: { email: `${crypto.randomUUID()}@test.invalid`, name: role } });
  const grant = { libraryId, prefix: '', role };
  await db().grant.create({ data: { ...grant, userId: user.id } });
  return { userId: user.id, name: role, email: user.email, via: 'session', sessionId: null, grants: [grant] };
}

const tryUpload = async (actor: Actor, library: string) => {
  const file = {
    path: 'new.jpg',
    size: 1,
    contentType: 'image/jpeg',
    crc64nvme: await crc64nvme('x'),
    ifExists: 'fail' as const,
  };
  return startUploads(actor, { library, files: [file] });
};

async function runJobs(): Promise<void> {
  await runOnce({
    connectionString: database.url,
    taskList: {
      'index-library': (payload) => indexLibraryTask(payload as { libraryId: string }),
      'reconcile-library': (payload) =>
        reconcileLibraryTask(payload as { runId: string }, {
          signal: new AbortController().signal,
          jobId: '0',
          attempt: 1,
        }),
    },
  });
}

describe('a bucket that the app creates', () => {
  const bucket = `${SCRATCH_BUCKET_PREFIX}test-${crypto.randomUUID().slice(0, 13)}`;
  let first: Provisioned;
  beforeAll(async () => {
    expect(await bucketExists(bucket)).toBe(false);
    first = await provision(bucket);
  });
  afterAll(async () => {
    await emptyBucket(bucket);
    await deleteBucket(bucket);
  });

  it('has versioning on and AES256 as its default encryption, and its library says that the app made it', async () => {
    expect(first.createdBucket).toBe(true);
    expect(await getVersioning(bucket)).toBe('enabled');
    expect(await getDefaultEncryption(bucket)).toEqual({ kind: 'AES256' });
    expect(await rowOf(bucket)).toMatchObject([
      { id: first.libraryId, createdByApp: true, versioning: 'enabled', rootPrefix: '', indexedAt: expect.any(Date) },
    ]);
    expect(await indexJobs(first.libraryId)).toEqual([]);
    const { leftBehind, headerSmuggling } = first.capabilities;
    expect({ leftBehind, verdict: headerSmuggling.verdict }).toEqual({ leftBehind: null, verdict: 'safe' });
  });

  it('encrypts what states nothing and keeps both versions of what is written twice', async () => {
    const ref = { bucket, key: 'twice.txt' };
    await putBytes(ref, 'one', 'text/plain');
    await putBytes(ref, 'two', 'text/plain');
    expect(await listKeyVersions(ref)).toHaveLength(2);
    expect((await headObject(ref))?.encryption).toBe('AES256');
  });

  it('is left as it is when set-up runs again', async () => {
    const [before] = await rowOf(bucket);
    const again = await provision(bucket);
    expect(again).toMatchObject({ libraryId: first.libraryId, slug: first.slug, createdBucket: false });
    expect(await rowOf(bucket)).toEqual([before]);
    expect(await getVersioning(bucket)).toBe('enabled');
    expect(await getDefaultEncryption(bucket)).toEqual({ kind: 'AES256' });
    expect(await listKeyVersions({ bucket, key: 'twice.txt' })).toHaveLength(2);
    expect(await indexJobs(first.libraryId)).toEqual([]);
    expect(await db().store.count()).toBe(1);
  });

  it('takes uploads', async () => {
    const { results } = await tryUpload(await makeActor(first.libraryId, 'contributor'), first.slug);
    expect(results).toMatchObject([{ ok: true, path: 'new.jpg' }]);
  });
});

describe('a set-up that was killed after it created the bucket, before its library was written', () => {
  /** What such a set-up leaves: its intent, and a bucket without any setting. */
  async function leave(): Promise<string> {
    const bucket = `${SCRATCH_BUCKET_PREFIX}test-${crypto.randomUUID().slice(0, 13)}`;
    await db().bucketIntent.create({ data: { endpoint, bucket } });
    await createBucket(bucket);
    return bucket;
  }

  it('is gone on with: the bucket is ours, versioned and encrypted', async () => {
    const bucket = await leave();
    try {
      const made = await provision(bucket);
      expect(made.createdBucket).toBe(true);
      expect(await getVersioning(bucket)).toBe('enabled');
      expect(await getDefaultEncryption(bucket)).toEqual({ kind: 'AES256' });
      expect(await rowOf(bucket)).toMatchObject([{ createdByApp: true, versioning: 'enabled' }]);
      expect(await db().bucketIntent.count({ where: { bucket } })).toBe(0);
    } finally {
      await deleteBucket(bucket);
    }
  });

  it('but a bucket that holds something by then is somebody else’s', async () => {
    const bucket = await leave();
    try {
      await putBytes({ bucket, key: 'theirs.txt' }, 'theirs', 'text/plain');
      expect(await provision(bucket)).toMatchObject({ createdBucket: false });
      expect(await getVersioning(bucket)).toBe('off');
      expect(await rowOf(bucket)).toMatchObject([{ createdByApp: false, indexedAt: null }]);
    } finally {
      await emptyBucket(bucket);
      await deleteBucket(bucket);
    }
  });
});

describe('a bucket that was there before, without versioning, with objects in it', () => {
  let foreign: ForeignBucket;
  let made: Provisioned;
  let before: object;
  const keys = ['a b+c%.txt', 'photos/2026/one.jpg', 'photos/two.jpg', 'top.txt'];
  beforeAll(async () => {
    foreign = await makeForeignBucket();
    for (const key of keys) await foreign.put(key, `bytes of ${key}`);
    before = await foreign.look();
    made = await provision(foreign.bucket);
  });
  afterAll(() => foreign?.remove());

  it('is left exactly as it was, by the second set-up too', async () => {
    expect(made.createdBucket).toBe(false);
    expect(before).toMatchObject({ versioning: 'off', encryption: { kind: 'none' } });
    expect(await foreign.look()).toEqual(before);
    await provision(foreign.bucket);
    expect(await foreign.look()).toEqual(before);
    expect(await rowOf(foreign.bucket)).toMatchObject([{ createdByApp: false, versioning: 'off', indexedAt: null }]);
  });

  it('is read-only and says why: nothing is uploaded, and nothing is trashed', async () => {
    const admin = await makeActor(made.libraryId, 'admin');
    const library = await requireLibraryById(made.libraryId);
    const { readOnlyReason } = libraryView(admin, library);
    expect(readOnlyReason).toContain(`Versioning of the bucket ${foreign.bucket} is off`);
    await expect(tryUpload(admin, made.slug)).rejects.toMatchObject({ code: 'wrong_state', detail: readOnlyReason });
    const trash = { library: made.slug, type: 'trash' as const, selection: { paths: ['top.txt'] } };
    await expect(startOperation(admin, trash)).rejects.toMatchObject({ code: 'wrong_state', detail: readOnlyReason });
    expect(await db().upload.count({ where: { libraryId: made.libraryId } })).toBe(0);
    expect(await foreign.look()).toEqual(before);
  });

  it('is listed by a job that set-up enqueued once', async () => {
    expect(await indexJobs(made.libraryId)).toHaveLength(1);
    await runJobs();
    expect(await indexJobs(made.libraryId)).toEqual([]);
    const viewer = await makeActor(made.libraryId, 'viewer');
    const list = async (path: string) =>
      (await listEntries(viewer, { library: made.slug, path, sort: 'name', limit: 100 })).entries.map(
        (one) => one.path,
      );
    expect(await list('')).toEqual(['photos/', 'a b+c%.txt', 'top.txt']);
    expect(await list('photos/')).toEqual(['photos/2026/', 'photos/two.jpg']);
    expect(await list('photos/2026/')).toEqual(['photos/2026/one.jpg']);
    expect((await rowOf(foreign.bucket))[0]?.indexedAt).toBeInstanceOf(Date);
    expect(await foreign.look()).toEqual(before);
    await provision(foreign.bucket);
    expect(await indexJobs(made.libraryId)).toEqual([]);
  });

  it('is not switched by a contributor, a viewer or a stranger', async () => {
    for (const [role, code] of [
      ['contributor', 'forbidden'],
      ['viewer', 'forbidden'],
    ] as const) {
      const actor = await makeActor(made.libraryId, role);
      await expect(switchVersioningOn(actor, { library: made.slug })).rejects.toMatchObject({ code });
    }
    const stranger = { ...(await makeActor(made.libraryId, 'admin')), grants: [] };
    await expect(switchVersioningOn(stranger, { library: made.slug })).rejects.toMatchObject({ code: 'not_found' });
    expect(await foreign.look()).toEqual(before);
    expect(await db().settingsChange.count()).toBe(0);
    expect(await db().auditEvent.count({ where: { type: 'versioning.enabled' } })).toBe(0);
  });

  it('is switched by an admin: the change is recorded with both sides, uploads work, and the old bytes stay beneath', async () => {
    const admin = await makeActor(made.libraryId, 'admin');
    const { library } = await switchVersioningOn(admin, { library: made.slug });
    expect(library).toMatchObject({ versioning: 'enabled', readOnlyReason: null });
    expect(await foreign.look()).toEqual({ ...before, versioning: 'enabled' });
    expect(await db().settingsChange.findMany()).toMatchObject([
      { userId: admin.userId, libraryId: made.libraryId, setting: 'versioning', before: 'off', after: 'enabled' },
    ]);
    expect(await db().auditEvent.findMany({ where: { libraryId: made.libraryId } })).toMatchObject([
      { userId: admin.userId, type: 'versioning.enabled', data: { bucket: foreign.bucket, before: 'off' } },
    ]);
    expect((await tryUpload(admin, made.slug)).results).toMatchObject([{ ok: true }]);

    await foreign.put('top.txt', 'newer');
    const [newer, old] = await listKeyVersions({ bucket: foreign.bucket, key: 'top.txt' });
    expect(newer).toMatchObject({ isLatest: true, size: 5 });
    expect(old).toMatchObject({ versionId: 'null', size: 'bytes of top.txt'.length });
  });

  it('stays on and unencrypted by default at the next set-up: it is not ours to settle', async () => {
    await provision(foreign.bucket);
    expect(await rowOf(foreign.bucket)).toMatchObject([{ createdByApp: false, versioning: 'enabled' }]);
    expect(await getDefaultEncryption(foreign.bucket)).toEqual({ kind: 'none' });
  });
});

describe.each([
  ['Suspended', 'suspended', /is suspended/],
  ['Enabled', 'enabled', null],
] as const)('a bucket that was there before, with versioning %s', (status, versioning, reason) => {
  it('is left exactly as it was', async () => {
    const foreign = await makeForeignBucket();
    try {
      await foreign.setVersioning('Enabled');
      await foreign.put('kept.txt', 'first');
      await foreign.put('kept.txt', 'second');
      if (status === 'Suspended') {
        await foreign.setVersioning(status);
        await foreign.put('kept.txt', 'third, as null');
      }
      const before = await foreign.look();
      const made = await provision(foreign.bucket);
      expect(await foreign.look()).toEqual(before);
      const admin = await makeActor(made.libraryId, 'admin');
      const view = libraryView(admin, await requireLibraryById(made.libraryId));
      expect(view.versioning).toBe(versioning);
      if (reason) expect(view.readOnlyReason).toMatch(reason);
      else expect(view.readOnlyReason).toBeNull();
      await runJobs();
      const { entries } = await listEntries(admin, { library: made.slug, path: '', sort: 'name', limit: 10 });
      expect(entries).toMatchObject([{ path: 'kept.txt', versionCount: status === 'Suspended' ? 3 : 2 }]);
    } finally {
      await foreign.remove();
    }
  });
});
