import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import { putBytes } from '#lib/storage/objects.ts';
import { ensureRenditionsBucket } from '#lib/storage/renditions-bucket.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { phonePhoto } from '#scripts/testing/media.ts';
import { closeDecoders } from './decoder/decoder-pool.ts';
import { findUnread } from './find-unread.ts';
import { inspectVersion } from './inspect-version.ts';
import { estimatePreparation, prepareBatch, prepareRenditions } from './prepare-renditions.ts';

let home: TestLibrary;
let anna: Actor;
beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  anna = await home.makeActor();
  await ensureRenditionsBucket();
});
afterAll(async () => {
  closeDecoders();
  await home.remove();
  await closeDb();
});

const jobs = () =>
  db().$queryRaw<{ name: string; payload: InspectedVersion }[]>`
    SELECT t."identifier" AS "name", j."payload"
    FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t."id" = j."task_id"
    WHERE j."payload"->>'libraryId' = ${String(home.library.id)} ORDER BY t."identifier", j."payload"->>'key'`;
const forget = () =>
  db()
    .$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE "payload"->>'libraryId' = ${String(home.library.id)}`;

it('says what is read before anything is, and then has exactly those files looked into', async () => {
  const photo = await phonePhoto(64, 48);
  const text = Buffer.from('words');
  for (const [path, body] of [
    ['a.jpg', photo],
    ['b.jpg', photo],
    ['c.txt', text],
    ['cold.jpg', photo],
  ] as const) {
    await putBytes({ bucket: home.library.bucket, key: `media/${path}` }, body, 'application/octet-stream');
    await syncKey(home.library, `media/${path}`);
  }
  const where = { libraryId: home.library.id, path: 'cold.jpg' };
  await db().asset.updateMany({ where, data: { storageClass: 'DEEP_ARCHIVE' } });
  await forget();

  const { plan } = await estimatePreparation(anna, { library: home.library.slug });
  // A picture is read for its thumbnail and once more for its preview.
  expect(plan).toMatchObject({ files: 3, archived: 1, bytes: 4 * photo.length + text.length, requests: 5 + 4 });
  expect(plan.cost).toBeGreaterThan(0);
  expect(await jobs()).toEqual([]);

  expect((await prepareRenditions(anna, { library: home.library.slug })).plan).toEqual(plan);
  expect((await jobs()).map(({ name }) => name)).toEqual(['prepare-renditions']);
  await prepareBatch({ libraryId: String(home.library.id), after: '0' });
  const inspections = (await jobs()).filter(({ name }) => name === 'inspect');
  expect(inspections.map(({ payload }) => payload.key)).toEqual(['media/a.jpg', 'media/b.jpg', 'media/c.txt']);
  for (const { payload } of inspections) await inspectVersion(payload, new AbortController().signal);
  const left = (await estimatePreparation(anna, { library: home.library.slug })).plan;
  expect(left).toMatchObject({ files: 0, archived: 1, bytes: 0, cost: 0 });
  await forget();
  await prepareRenditions(anna, { library: home.library.slug });
  expect(await jobs()).toEqual([]);
});

it('is estimated from a sample where there is too much to count', async () => {
  await putBytes({ bucket: home.library.bucket, key: 'media/new.txt' }, Buffer.from('words'), 'text/plain');
  await syncKey(home.library, 'media/new.txt');
  const counted = await findUnread(home.library.id);
  expect(counted.estimated).toBe(false);
  expect(counted.unread.find(({ archived }) => !archived)).toMatchObject({ files: 1, bytes: 5, reads: 1 });
  // Of a table as small as this one the sample is everything.
  expect(await findUnread(home.library.id, 0)).toEqual({ ...counted, estimated: true });
});

it('is for admins of the whole library', async () => {
  const editor = await home.makeActor([{ prefix: '', role: 'contributor' }]);
  for (const ask of [estimatePreparation, prepareRenditions])
    await expect(ask(editor, { library: home.library.slug })).rejects.toMatchObject({ code: 'forbidden' });
});
