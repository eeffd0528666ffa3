/**
 * Started by run.mjs with a running VersityGW and a Postgres in the environment: a bucket that another tool filled there is adopted, browsed
 * before it is indexed, indexed, changed behind the app's back, and followed by comparisons. Index and bucket are compared by another reader.
 */
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { listEntries } from '#lib/assets/list-entries.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { checkDrift } from '#lib/indexing/drift/check-drift.ts';
import { getDrift } from '#lib/indexing/drift/get-drift.ts';
import { repairDrift } from '#lib/indexing/drift/repair-drift.ts';
import { reconcileLibrary } from '#lib/indexing/reconcile/reconcile-library.ts';
import { workOnRun } from '#lib/indexing/reconcile/work-on-run.ts';
import { addLibrary } from '#lib/libraries/add-library.ts';
import { probeBucket } from '#lib/libraries/probe-bucket.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { createBucket } from '#lib/storage/buckets.ts';
import { probeCapabilities } from '#lib/storage/capabilities.ts';
import { findIndexFaults } from '#scripts/testing/index-faults.ts';
import { OtherTool } from '#scripts/testing/other-tool.ts';
import { makeChecks } from './checks.ts';

const bucket = `adopted-${Date.now()}`;
const slug = bucket;
const { test, finish } = makeChecks();

/** What lies there before versioning is on. Line breaks and tabs make a key irregular; a folder of its own may be empty. */
const found = [
  'a/one.jpg',
  'a/b/two.txt',
  'a/b/x+y %2B &<>.txt',
  'empty folder/',
  'e\u0301 and \u00e9.txt',
  '\u{1f600}/smile.jpg',
  'new\nline\tand "tab".txt',
  ' space before and behind ',
  "z~!*'().txt",
  `${'long '.repeat(40)}/${'\u00fc'.repeat(100)}/${'y'.repeat(200)}/${'z'.repeat(200)}.jpg`,
];

await createBucket(bucket);
const endpoint = String(process.env.S3_ENDPOINT);
await db().store.create({ data: { endpoint, capabilities: await probeCapabilities(bucket), probedAt: new Date() } });
const user = await db().user.create({ data: { email: 'anna@strata.local', name: 'Anna' } });
const actorOf = (libraryId: bigint): Actor => ({
  userId: user.id,
  name: user.name,
  email: user.email,
  via: 'session',
  sessionId: null,
  grants: [{ libraryId, prefix: '', role: 'admin' }],
});
const tool = new OtherTool(bucket);
for (const key of found) await tool.put(key, key.endsWith('/') ? '' : `bytes of ${key}`);
const before = await tool.read('');

await test('the probe says that it can be adopted, and that versioning is off', async () => {
  const { probe } = await probeBucket(actorOf(0n), { bucket, rootPrefix: '' });
  ok(probe.adoptable, JSON.stringify(probe.findings));
  equal(probe.findings.find(({ key }) => key === 'versioning')?.verdict, 'warning');
  equal(probe.size?.files, found.length - 1);
});

const { library: view } = await addLibrary(actorOf(0n), { bucket, rootPrefix: '', name: 'Adopted', slug });
const { id } = await db().library.findUniqueOrThrow({ where: { slug } });
const admin = actorOf(id);
const context = () => requireLibraryById(id);
const list = async (path: string) => {
  const page = await listEntries(admin, { library: slug, path, sort: 'name', limit: 100 });
  return { names: page.entries.map(({ name }) => name).toSorted(), index: page.index };
};

await test('it is browsed before it is indexed, from the store', async () => {
  equal(view.slug, slug);
  const { names, index } = await list('a/');
  deepStrictEqual([names, index.state, index.fromStore], [['b', 'one.jpg'], 'indexing', true]);
});

await test('indexed: every key and version, and nothing in the bucket was written', async () => {
  await reconcileLibrary(id);
  deepStrictEqual(await findIndexFaults(await context(), tool), []);
  deepStrictEqual(await tool.read(''), before);
  deepStrictEqual((await list('a/')).index.fromStore, false);
});

await test('irregular keys are shown as such, and an empty folder as a folder', async () => {
  const irregular = await db().asset.findMany({ where: { libraryId: id, irregular: true }, select: { path: true } });
  deepStrictEqual(irregular, [{ path: 'new\nline\tand "tab".txt' }]);
  ok((await list('')).names.includes('empty folder'));
});

await test('changed behind its back: the next comparison says what differs, the repair ends at zero', async () => {
  await tool.setVersioning('Enabled');
  await tool.put('a/one.jpg', 'replaced');
  await tool.put('a/one.jpg', 'replaced again');
  await tool.put('new/file.txt', 'new');
  await tool.putInParts('new/in parts.bin', 'parts');
  await tool.delete('a/b/two.txt');
  await tool.delete("z~!*'().txt");
  const [newest] = (await tool.read('a/one.jpg')).get('a/one.jpg') ?? [];
  await tool.delete('a/one.jpg', newest?.versionId);
  for (const { versionId } of (await tool.read('e')).get('e\u0301 and \u00e9.txt') ?? [])
    await tool.delete('e\u0301 and \u00e9.txt', versionId);
  const compare = async () => {
    const { last } = await checkDrift(admin, { library: slug });
    await workOnRun(BigInt(String(last?.id)));
    const report = (await getDrift(admin, { library: slug })).last;
    console.log(`      ${report?.differences} differences ${JSON.stringify(report?.causes)}`);
    return report;
  };
  const told = await compare();
  equal(told?.differences, 6);
  await repairDrift(BigInt(String(told?.id)));
  await workOnRun((await db().indexRun.findFirstOrThrow({ where: { libraryId: id, state: 'running' } })).id);
  const after = await compare();
  equal(after?.differences, 0);
  deepStrictEqual(after?.index, after?.bucket);
  deepStrictEqual(await findIndexFaults(await context(), tool), []);
});

await test('followed by comparisons alone, with versioning suspended for a while', async () => {
  await tool.setVersioning('Suspended');
  await tool.put('new/file.txt', 'under the null version');
  await tool.put('new/file.txt', 'and once more');
  await tool.delete('a/b/x+y %2B &<>.txt');
  await reconcileLibrary(id);
  deepStrictEqual(await findIndexFaults(await context(), tool), []);
  await tool.setVersioning('Enabled');
  await tool.put('new/file.txt', 'and a version on top');
  await reconcileLibrary(id);
  deepStrictEqual(await findIndexFaults(await context(), tool), []);
});

tool.close();
await closeDb();
finish();
