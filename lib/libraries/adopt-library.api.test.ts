import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listEntries } from '#lib/assets/list-entries.ts';
import { closeDb, db } from '#lib/db.ts';
import { dropIndex } from '#lib/indexing/drop-index.ts';
import { getIndex } from '#lib/indexing/get-index.ts';
import { rebuildIndex } from '#lib/indexing/rebuild-index.ts';
import { claimShard } from '#lib/indexing/reconcile/claim-shard.ts';
import { reconcileLibrary } from '#lib/indexing/reconcile/reconcile-library.ts';
import { startIndexRun } from '#lib/indexing/reconcile/start-index-run.ts';
import { startUploads } from '#lib/uploads/start-uploads.ts';
import { type ForeignBucket, makeForeignBucket } from '#scripts/testing/foreign-bucket.ts';
import { makeTestLibrary, removeLibraryRows, type TestLibrary } from '#scripts/testing/library.ts';
import { addLibrary } from './add-library.ts';
import { listLibraries } from './list-libraries.ts';
import { probeBucket } from './probe-bucket.ts';
import { removeLibrary } from './remove-library.ts';
import { requireLibrary } from './require-library.ts';

let home: TestLibrary;
let foreign: ForeignBucket;
beforeEach(async () => {
  home = await makeTestLibrary();
  foreign = await makeForeignBucket();
});
afterEach(async () => {
  const rows = await db().library.findMany({ where: { bucket: foreign.bucket }, select: { id: true } });
  for (const { id } of rows) await removeLibraryRows(id);
  await foreign.remove();
  await home.remove();
});
afterAll(closeDb);

/** With today's grants, as each request has them. */
async function admin() {
  const actor = await home.makeActor();
  return {
    ...actor,
    async now() {
      const grants = await db().grant.findMany({ where: { userId: actor.userId } });
      return { ...actor, grants: grants.map(({ libraryId, prefix, role }) => ({ libraryId, prefix, role })) };
    },
  };
}
const place = (rootPrefix = '') => ({ bucket: foreign.bucket, rootPrefix });
const named = (rootPrefix = '', slug = foreign.bucket) => ({ ...place(rootPrefix), name: 'Archive', slug });
const names = (page: { entries: { name: string }[] }) => page.entries.map((entry) => entry.name);
const listing = { sort: 'name' as const, limit: 100, path: '' };

describe('probeBucket', () => {
  it('says what it found, and writes nothing', async () => {
    await foreign.put('a/one.txt', '12345');
    await foreign.put('a/two.txt', '1');
    await foreign.put('a/filled/', 'bytes');
    const before = await foreign.look();
    const { probe } = await probeBucket(await home.makeActor(), place());
    expect(probe).toMatchObject({
      adoptable: true,
      size: { files: 3, versions: 3, bytes: 11, complete: true },
      suggested: { slug: foreign.bucket },
    });
    const verdicts = Object.fromEntries(probe.findings.map(({ key, verdict }) => [key, verdict]));
    expect(verdicts).toMatchObject({
      list: 'pass',
      read: 'pass',
      write: 'unknown',
      versioning: 'warning',
      'null-versions': 'note',
      'filled-markers': 'note',
    });
    expect(await foreign.look()).toEqual(before);
  });

  it('names a bucket that is not there, a name that no bucket has, and a place that is taken', async () => {
    const actor = await home.makeActor();
    const { probe } = await probeBucket(actor, { bucket: `${foreign.bucket}-not`, rootPrefix: '' });
    expect(probe).toMatchObject({ adoptable: false, size: null, findings: [{ key: 'exists', verdict: 'fail' }] });
    await expect(probeBucket(actor, { bucket: 'No Bucket', rootPrefix: '' })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'bucket' }],
    });
    const taken = await probeBucket(actor, { bucket: home.library.bucket, rootPrefix: 'inside' });
    expect(taken.probe).toMatchObject({ adoptable: false, findings: [{ key: 'overlap', verdict: 'fail' }] });
    expect(taken.probe.findings[0]?.detail).toContain(home.library.name);
  });

  it('is for admins of a library', async () => {
    const viewer = await home.makeActor([{ prefix: '', role: 'contributor' }]);
    await expect(probeBucket(viewer, place())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(addLibrary(viewer, named())).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('addLibrary', () => {
  it('adds a bucket as it is, makes the person its admin, and has it indexed', async () => {
    await foreign.put('x.txt', 'x');
    const before = await foreign.look();
    const actor = await admin();
    const { library } = await addLibrary(actor, named());
    expect(library).toMatchObject({ slug: foreign.bucket, name: 'Archive', rootRole: 'admin', versioning: 'off' });
    expect(library.readOnlyReason).toContain('read-only');
    const row = await db().library.findUniqueOrThrow({ where: { slug: library.slug } });
    const audit = await db().auditEvent.findMany({ where: { libraryId: row.id } });
    expect(audit).toMatchObject([{ type: 'library.added', userId: actor.userId, data: { bucket: foreign.bucket } }]);
    const jobs = await db().$queryRaw`SELECT 1 FROM graphile_worker.jobs WHERE "key" = ${`index-library:${row.id}`}`;
    expect(jobs).toHaveLength(1);
    await reconcileLibrary(row.id);
    expect(names(await listEntries(await actor.now(), { ...listing, library: library.slug }))).toEqual(['x.txt']);
    expect(await foreign.look()).toEqual(before);
    expect((await listLibraries(await actor.now())).libraries).toHaveLength(2);
  });

  it('refuses what shares keys with another library, and takes what lies beside it', async () => {
    const actor = await home.makeActor();
    await addLibrary(actor, named('media/2026'));
    for (const rootPrefix of ['', 'media', 'media/2026', 'media/2026/11']) {
      await expect(addLibrary(actor, named(rootPrefix, 'other'))).rejects.toMatchObject({ code: 'wrong_state' });
    }
    await expect(addLibrary(actor, named('media/2027'))).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'slug' }],
    });
    await addLibrary(actor, named('media/2027', `${foreign.bucket.slice(0, 50)}-b`));
  });

  it('lets one of two at once through', async () => {
    const actor = await home.makeActor();
    const ends = await Promise.allSettled([
      addLibrary(actor, named('a')),
      addLibrary(actor, named('a/b', `${foreign.bucket.slice(0, 50)}-b`)),
    ]);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('browsing while the bucket is listed for the first time', () => {
  it('lists folders from the store, then from the index, and never an empty one for a full one', async () => {
    await foreign.setVersioning('Enabled');
    for (const key of ['a/1.txt', 'a/deep/2.txt', 'b/3.txt', 'top.txt', 'trashed/4.txt']) await foreign.put(key, key);
    const actor = await admin();
    const { library } = await addLibrary(actor, named());
    const here = await requireLibrary(await actor.now(), library.slug);
    const list = async (path: string) => listEntries(await actor.now(), { ...listing, library: library.slug, path });

    const root = await list('');
    expect(names(root)).toEqual(['a', 'b', 'trashed', 'top.txt']);
    expect(root.index).toMatchObject({ state: 'indexing', fromStore: true });
    expect(root.entries[0]).toMatchObject({ type: 'folder', indexed: false, assetCount: null });
    expect(root.entries[3]).toMatchObject({ type: 'asset', size: 7, id: expect.stringMatching(/^\d+$/) });
    expect(root.totals).toEqual({ assetCount: null, bytes: null, exact: false });
    expect(names(await list('a/'))).toEqual(['deep', '1.txt']);
    await expect(list('nowhere/')).rejects.toMatchObject({ code: 'not_found' });

    const first = await listEntries(await actor.now(), { ...listing, library: library.slug, limit: 2 });
    expect(names(first)).toEqual(['a', 'b']);
    const rest = await listEntries(await actor.now(), {
      ...listing,
      library: library.slug,
      cursor: first.nextCursor as string,
    });
    expect(names(rest)).toEqual(['trashed', 'top.txt']);

    const { runId } = await startIndexRun(here.id, { enqueue: false });
    const shard = await claimShard(runId);
    shard?.release();
    await db().indexShard.updateMany({ where: { runId }, data: { checkpoint: 'az' } });
    const half = await list('');
    expect(half.entries.slice(0, 2)).toMatchObject([{ indexed: true }, { indexed: false }]);
    expect((await list('a/')).index).toMatchObject({ state: 'indexing', fromStore: false });

    await db().indexShard.updateMany({
      where: { runId },
      data: { checkpoint: null, state: 'waiting', claimedBy: null },
    });
    await reconcileLibrary(here.id);
    const whole = await list('');
    expect(whole.index).toMatchObject({ state: 'live', fromStore: false });
    expect(whole.entries[0]).toMatchObject({ indexed: true, assetCount: 2, bytes: 19 });
  });
});

describe('removeLibrary', () => {
  it('takes index and grants away, and gives the records back when the place is added again', async () => {
    await foreign.setVersioning('Enabled');
    await foreign.put('k.txt', 'x');
    const actor = await admin();
    const { library } = await addLibrary(actor, named());
    const { id } = await requireLibrary(await actor.now(), library.slug);
    await reconcileLibrary(id);
    await db().tag.create({ data: { libraryId: id, key: 'k.txt', name: 'kept' } });
    const before = await foreign.look();

    const remove = async (confirm: string) => removeLibrary(await actor.now(), { library: library.slug, confirm });
    await expect(remove('something')).rejects.toMatchObject({ code: 'invalid_request' });
    await remove(library.slug);
    expect((await listLibraries(await actor.now())).libraries.map(({ slug }) => slug)).toEqual([home.library.slug]);
    await dropIndex(id);
    expect(await db().asset.count({ where: { libraryId: id } })).toBe(0);
    expect(await foreign.look()).toEqual(before);

    const again = await addLibrary(await actor.now(), named());
    expect((await requireLibrary(await actor.now(), again.library.slug)).id).toBe(id);
    await reconcileLibrary(id);
    const page = await listEntries(await actor.now(), { ...listing, library: again.library.slug });
    expect(page.entries).toMatchObject([{ name: 'k.txt', tags: ['kept'] }]);
  });

  it('waits for uploads, and is not for admins of a folder', async () => {
    const actor = await home.makeActor();
    const file = {
      path: 'a.bin',
      size: 1,
      contentType: 'text/plain',
      crc64nvme: 'AAAAAAAAAAA=',
      ifExists: 'fail' as const,
    };
    await startUploads(actor, { library: home.library.slug, files: [file] });
    const removal = { library: home.library.slug, confirm: home.library.slug };
    await expect(removeLibrary(actor, removal)).rejects.toMatchObject({
      code: 'wrong_state',
      detail: expect.stringContaining('1 upload'),
    });
    const part = await home.makeActor([{ prefix: 'a/', role: 'admin' }]);
    await expect(removeLibrary(part, removal)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('getIndex', () => {
  it('tells of each library that one administers, and of no other', async () => {
    const actor = await admin();
    await addLibrary(actor, named());
    const { libraries } = await getIndex(await actor.now());
    expect(libraries.map(({ slug, state }) => [slug, state])).toContainEqual([foreign.bucket, 'indexing']);
    expect((await getIndex(await home.makeActor())).libraries.map(({ slug }) => slug)).toEqual([home.library.slug]);
    const { run } = await rebuildIndex(await actor.now(), { library: foreign.bucket, confirm: foreign.bucket });
    expect(run).toMatchObject({ kind: 'rebuild', state: 'running', progress: 0 });
  });
});
