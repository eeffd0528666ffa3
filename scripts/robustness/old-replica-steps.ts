import { deepStrictEqual, equal } from 'node:assert/strict';
import { db } from '#lib/db.ts';
import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type AppClient, appClient, type SinglePlan, type Started } from '#scripts/testing/app-client.ts';
import { browserOf } from '#scripts/testing/browser.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';
import { sendSigned } from '#scripts/testing/store.ts';
import { until } from '#scripts/testing/until.ts';

type Place = { slug: string; old: string; say: (line: string) => void };

/**
 * What people do, by an old web process and by today's (APP_URL) in turn, on one database; the worker is today's.
 * @param place.old address of the old one
 * @returns how many steps failed
 */
export async function playBoth({ slug, old, say }: Place): Promise<number> {
  const library = await db().library.findUniqueOrThrow({ where: { slug } });
  const user = await db().user.create({ data: { email: 'anna@strata.local', name: 'Anna' } });
  await db().grant.create({ data: { userId: user.id, libraryId: library.id, prefix: '', role: 'admin' } });
  const [byNew, byOld] = [await browserOf(user.id), await browserOf(user.id)];
  byOld.base = old;
  const webs = { old: appClient(byOld, slug), new: appClient(byNew, slug) };
  const stored = async (key: string) =>
    (await listKeyVersions({ bucket: library.bucket, key })).map(({ isDeleteMarker, size }) =>
      isDeleteMarker ? 'marker' : size,
    );
  let failed = 0;
  const step = async (name: string, work: () => Promise<void>) => {
    try {
      await work();
      say(`ok    ${name}`);
    } catch (error) {
      failed += 1;
      say(`FAIL  ${name}: ${(error as Error).message}`);
    }
  };

  for (const [one, other] of [
    ['old', 'new'],
    ['new', 'old'],
  ] as const) {
    const [mine, theirs] = [webs[one], webs[other]];
    const path = `${one}/a.jpg`;
    await step(`${one}: uploads 30 files; ${other}: lists them`, async () => {
      const names = Array.from({ length: 30 }, (_, at) => `${at}.jpg`);
      await mine.upload([path, ...names.map((name) => `${one}/many/${name}`)]);
      deepStrictEqual((await theirs.names(`${one}/many/`)).toSorted(), names.toSorted());
      deepStrictEqual((await mine.names(`${one}/`)).toSorted(), ['a.jpg', 'many']);
    });
    await step(`${one}: replaces a file; ${other}: restores the version before`, async () => {
      const [before] = await listKeyVersions({ bucket: library.bucket, key: path });
      await replace(mine, path, `other bytes of ${path}`);
      await change(theirs, {
        type: 'restore-version',
        selection: { paths: [path] },
        params: { versionId: before?.versionId },
      });
      equal((await stored(path)).length, 3);
      equal((await stored(path))[0], before?.size);
    });
    await step(`${one}: moves a folder to the trash; ${other}: undoes it`, async () => {
      const id = await change(mine, { type: 'trash', selection: { paths: [`${one}/many/`] } });
      deepStrictEqual(await theirs.names(`${one}/`), ['a.jpg']);
      await finish(theirs, await theirs.ask('POST', `/operations/${id}/undo`, {}));
      equal((await mine.names(`${one}/many/`)).length, 30);
    });
    await step(`${one}: moves 60 files, by the worker; ${other}: finds them by search`, async () => {
      const names = Array.from({ length: 60 }, (_, at) => `heron-${one}-${at}.jpg`);
      await mine.upload(names.map((name) => `${one}/from/${name}`));
      await change(mine, { type: 'move', selection: { paths: [`${one}/from/`] }, params: { to: `${one}/to/` } });
      const query = new URLSearchParams({ q: `heron ${one}`, limit: '100' });
      const found = await theirs.ask<{ entries: unknown[] }>('GET', `/libraries/${slug}/search?${query}`);
      equal(found.entries.length, 60);
    });
  }
  await step('bucket, index, uploads, operations and folder counts agree, once each', async () => {
    deepStrictEqual(await findHalfTruths(library), []);
  });

  return failed;

  async function replace(web: AppClient, path: string, body: string): Promise<void> {
    const { versionId } = await db().asset.findUniqueOrThrow({
      where: { libraryId_path: { libraryId: library.id, path } },
    });
    const file = { path, size: Buffer.byteLength(body), contentType: 'image/jpeg', crc64nvme: await crc64nvme(body) };
    const files = [{ ...file, ifExists: 'replace', expectedVersionId: versionId }];
    const { results } = await web.ask<{ results: Started[] }>('POST', `/libraries/${slug}/uploads`, { files });
    const [started] = results;
    if (!started?.ok) throw new Error(`The replacement was refused: ${JSON.stringify(started)}`);
    equal((await sendSigned(started.plan as SinglePlan, body)).status, 200);
    await web.complete([started]);
  }

  async function change(web: AppClient, body: object): Promise<string> {
    const answer = { ...body, clientId: crypto.randomUUID() };
    return finish(web, await web.ask('POST', `/libraries/${slug}/operations`, answer));
  }

  /** Small ones ran in the request, larger ones run in the worker. */
  async function finish(web: AppClient, { operation }: { operation: { id: string } }): Promise<string> {
    await until('the operation to succeed', async () => {
      const now = await web.ask<{ operation: { state: string } }>('GET', `/operations/${operation.id}`);
      if (['failed', 'partial'].includes(now.operation.state)) throw new Error(JSON.stringify(now.operation));
      return now.operation.state === 'succeeded';
    });
    return operation.id;
  }
}
