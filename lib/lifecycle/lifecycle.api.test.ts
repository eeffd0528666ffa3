import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { getLifecycle, putLifecycle, type StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { headObject, putBytes } from '#lib/storage/objects.ts';
import { readBytes } from '#lib/storage/read-object.ts';
import { testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { testUploads } from '#scripts/testing/uploads.ts';
import { checkLifecycle } from './check-lifecycle.ts';
import { addCounts, emptyCount } from './count-fates.ts';
import { dryRunLifecycle } from './dry-run-lifecycle.ts';
import { getLibraryLifecycle } from './get-library-lifecycle.ts';
import { listLifecycleChanges } from './list-lifecycle-changes.ts';
import { saveLifecycle } from './save-lifecycle.ts';
import { type LifecycleRule, lifecycleRule } from './schema.ts';

let test: TestLibrary;
let admin: Actor;
beforeAll(async () => {
  test = await makeTestLibrary();
  admin = await test.makeActor();
});
afterAll(async () => {
  await test?.remove();
  await closeDb();
});

const make = (values: Partial<LifecycleRule>) => lifecycleRule.parse({ name: 'A rule', enabled: true, ...values });
const slug = () => test.library.slug;
const foreign: StoredRule = {
  ID: 'by-hand',
  Status: 'Enabled',
  Filter: { Prefix: 'elsewhere/' },
  NoncurrentVersionExpiration: { NoncurrentDays: 400 },
};

async function put(path: string, body: string): Promise<void> {
  await putBytes({ bucket: test.library.bucket, key: path }, body, 'text/plain');
  await syncKey(test.library, path);
}

/** @returns the version, as soon as it lies in the cold store */
async function whenMoved(key: string): Promise<string> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const head = await headObject({ bucket: test.library.bucket, key });
    if (head?.storageClass === 'GLACIER') return String(head.versionId);
    expect(Date.now(), 'the object stays in STANDARD').toBeLessThan(deadline);
    await sleep(200);
  }
}

describe('on a store with tiers', () => {
  it('offers the classes that the store has, and no others', async () => {
    const { lifecycle } = await getLibraryLifecycle(admin, { library: slug() });
    expect(lifecycle.unsupportedReason).toBeNull();
    const supported = lifecycle.classes.filter((one) => one.supported).map(({ name }) => name);
    expect(supported).toEqual(['STANDARD_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE']);
    expect(lifecycle.abortUploads).toBe(false);
  });

  it('moves an object to the cold store, from where it is still read', async () => {
    await put('cold/a.txt', 'still here');
    const { lifecycle } = await getLibraryLifecycle(admin, { library: slug() });
    const rules = [make({ name: 'Cold', prefix: 'cold/', transitions: [{ days: 0, storageClass: 'GLACIER' }] })];
    const saved = await saveLifecycle(admin, { library: slug(), rules, revision: lifecycle.revision });
    // Also on day 0, which MinIO leaves out of its answer.
    expect(saved.lifecycle).toMatchObject({ rules, foreign: [] });
    await put('cold/b.txt', 'moved');
    const versionId = await whenMoved('cold/b.txt');
    const ref = { bucket: test.library.bucket, key: 'cold/b.txt', versionId };
    expect((await readBytes(ref, { maxBytes: 100 })).toString()).toBe('moved');
  });

  it('takes an upload that a rule moves before it is completed for what it is', async () => {
    const uploads = testUploads(test);
    const started = await uploads.start(admin, 'cold/c.txt', 'sent by a browser');
    await uploads.put(started, 'sent by a browser');
    const versionId = await whenMoved('cold/c.txt');
    expect(await uploads.complete(admin, started.id)).toMatchObject({ ok: true, state: 'completed' });
    expect(await testFiles(test).asset('cold/c.txt')).toMatchObject({
      state: 'live',
      versionId,
      storageClass: 'GLACIER',
    });
  });
});

describe('saving', () => {
  beforeEach(() => putLifecycle(test.library.bucket, { rules: [foreign], minimumObjectSize: null }));

  it('keeps the rules of others, audits both sides, and gives the way back', async () => {
    const { lifecycle } = await getLibraryLifecycle(admin, { library: slug() });
    expect(lifecycle.foreign).toMatchObject([{ id: 'by-hand', prefix: 'elsewhere/', enabled: true }]);
    const rules = [
      make({ name: 'Old versions', oldVersions: { transitions: [], removeAfterDays: 90, keepNewest: 3 } }),
      make({
        name: 'Cool down',
        prefix: 'archive/',
        transitions: [
          { days: 30, storageClass: 'STANDARD_IA' },
          { days: 90, storageClass: 'GLACIER' },
        ],
      }),
    ];
    const saved = await saveLifecycle(admin, { library: slug(), rules, revision: lifecycle.revision });
    expect(saved.lifecycle.rules).toEqual(rules);
    const { rules: stored } = await getLifecycle(test.library.bucket);
    expect(stored.map(({ ID }) => ID)).toEqual([
      'by-hand',
      `strata/${slug()}/Old versions`,
      `strata/${slug()}/Cool down`,
      `strata/${slug()}/Cool down#2`,
    ]);

    await saveLifecycle(admin, { library: slug(), rules: [], revision: saved.lifecycle.revision });
    const { changes } = await listLifecycleChanges(admin, { library: slug(), limit: 10 });
    expect(changes[0]).toMatchObject({ by: { you: true }, rulesBefore: rules });
    expect(changes[0]?.after).toHaveLength(1);
    const events = await db().auditEvent.findMany({
      where: { libraryId: test.library.id, type: 'lifecycle.changed' },
      orderBy: { id: 'desc' },
    });
    expect(events[0]?.data).toMatchObject({ rulesBefore: 4, rulesAfter: 1 });
  });

  it('refuses to write over a change that was made meanwhile', async () => {
    const { lifecycle } = await getLibraryLifecycle(admin, { library: slug() });
    await putLifecycle(test.library.bucket, { rules: [{ ...foreign, ID: 'changed' }], minimumObjectSize: null });
    const rules = [make({ removeMarkers: true })];
    await expect(saveLifecycle(admin, { library: slug(), rules, revision: lifecycle.revision })).rejects.toMatchObject({
      code: 'version_changed',
    });
    expect((await getLifecycle(test.library.bucket)).rules.map(({ ID }) => ID)).toEqual(['changed']);
  });

  it('says in words what S3 would refuse, and writes nothing', async () => {
    const { lifecycle } = await getLibraryLifecycle(admin, { library: slug() });
    const rules = [make({ transitions: [{ days: 3, storageClass: 'STANDARD_IA' }] })];
    await expect(saveLifecycle(admin, { library: slug(), rules, revision: lifecycle.revision })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'rules.0.transitions.0.days', message: expect.stringContaining('day 30') }],
    });
    expect((await getLifecycle(test.library.bucket)).rules).toHaveLength(1);
  });

  it('asks for the number of live files before rules may expire them', async () => {
    await put('temporary/a.txt', 'a');
    await put('temporary/b.txt', 'b');
    const { lifecycle } = await getLibraryLifecycle(admin, { library: slug() });
    const rules = [make({ prefix: 'temporary/', expireAfterDays: 30 })];
    const save = (confirmedExpiring?: number) =>
      saveLifecycle(admin, { library: slug(), rules, revision: lifecycle.revision, confirmedExpiring });
    await expect(save()).rejects.toMatchObject({ code: 'wrong_state', detail: expect.stringContaining('2 files') });
    await expect(save(1)).rejects.toMatchObject({ code: 'wrong_state' });
    expect((await checkLifecycle(admin, { library: slug(), rules })).expiringFiles).toBe(2);
    await save(2);
    expect((await getLifecycle(test.library.bucket)).rules).toHaveLength(2);
  });

  it('is for admins of the whole library', async () => {
    const part = await test.makeActor([{ prefix: 'archive/', role: 'admin' }]);
    await expect(getLibraryLifecycle(part, { library: slug() })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(saveLifecycle(part, { library: slug(), rules: [], revision: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('a dry run', () => {
  it('counts from the index what rules will do, with those of others, and changes nothing', async () => {
    await putLifecycle(test.library.bucket, { rules: [foreign], minimumObjectSize: null });
    for (const body of ['one', 'two', 'three']) await put('dry/a.txt', body);
    const files = testFiles(test);
    await files.put('tagged/raw.txt', 'raw', { tags: 'k=v&more=1' });
    await files.put('tagged/print.txt', 'print', { tags: 'k=w' });
    await files.put('tagged/raw-once.txt', 'a', { tags: 'k=v' });
    await files.put('tagged/raw-once.txt', 'b');
    const rules = [
      make({ name: 'Old', prefix: 'dry/', oldVersions: { transitions: [], removeAfterDays: 20, keepNewest: 1 } }),
      make({
        name: 'Tagged',
        prefix: 'tagged/',
        tags: [{ key: 'k', value: 'v' }],
        removeMarkers: false,
        expireAfterDays: 9,
      }),
    ];
    let count = emptyCount();
    let tagsRead = 0;
    let cursor: string | undefined;
    for (;;) {
      const part = await dryRunLifecycle(admin, { library: slug(), rules, cursor });
      count = addCounts(count, part.count);
      tagsRead += part.tagsRead;
      if (part.nextCursor === null) break;
      cursor = part.nextCursor;
    }
    // Three versions: the current one stays, of the two old ones the newer is kept.
    expect(count.all.removed.map(({ versions, bytes }) => [versions, bytes])).toEqual([
      [0, 0],
      [1, 3],
      [1, 3],
      [1, 3],
    ]);
    // By its tags only one expires: of another the tag is on the old version, which is not what expires.
    expect(tagsRead).toBe(4);
    expect(count.all.expired.at(-1)).toEqual({ files: 1, versions: 1, bytes: 3 });
    expect(count.samples).toMatchObject([
      { path: 'dry/a.txt', action: 'remove', ruleId: `strata/${slug()}/Old` },
      { path: 'tagged/raw.txt', action: 'expire', ruleId: `strata/${slug()}/Tagged` },
    ]);
    expect((await getLifecycle(test.library.bucket)).rules).toHaveLength(1);
  });
});
