import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTestBucket } from '#scripts/testing/store.ts';
import { headObject, putBytes, putDeleteMarker, putFolderMarker } from './objects.ts';
import { readBytes } from './read-object.ts';
import type { ObjectRef } from './types.ts';
import { listKeyVersions, listVersionsPage, removeDeleteMarker, removeVersion } from './versions.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

/** Writes `w` (a version) and `d` (a delete marker) one after the other; ids newest first. */
async function history(ref: ObjectRef, steps: string): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, step] of [...steps].entries()) {
    const made = step === 'd' ? await putDeleteMarker(ref) : await putBytes(ref, `${step}${index}`, 'text/plain');
    ids.unshift(made.versionId ?? '');
  }
  return ids;
}

const ids = (versions: { versionId: string }[]) => versions.map((version) => version.versionId);

describe('listKeyVersions', () => {
  it('keeps the order of versions and markers written within the same second', async () => {
    const ref = { bucket, key: 'order/a.txt' };
    const written = await history(ref, 'wwdwdwwwd');
    const listed = await listKeyVersions(ref);
    expect(ids(listed)).toEqual(written);
    expect(listed.map((version) => (version.isDeleteMarker ? 'd' : 'w')).join('')).toBe('dwwwdwdww');
    expect(listed.map((version) => version.isLatest)).toEqual([true, ...Array(8).fill(false)]);
  });

  it.each([1, 2, 3, 4])('finds them all when pages of %i split the key', async (pageSize) => {
    const ref = { bucket, key: `split/${pageSize}.txt` };
    const written = await history(ref, 'wdwwdw');
    // Neighbours on both sides, one with the key as its prefix.
    await history({ bucket, key: `split/${pageSize}.txt.bak` }, 'ww');
    await history({ bucket, key: `split/${pageSize - 1}.zzz` }, 'w');
    expect(ids(await listKeyVersions(ref, pageSize))).toEqual(written);
  });

  it('says nothing for a key that never was, and for a prefix of another', async () => {
    await history({ bucket, key: 'prefix/abc' }, 'w');
    expect(await listKeyVersions({ bucket, key: 'prefix/ab' })).toEqual([]);
    expect(await listKeyVersions({ bucket, key: 'prefix/' })).toEqual([]);
  });

  it('gives size, ETag and class of a version, and none of a marker', async () => {
    const ref = { bucket, key: 'fields.txt' };
    await history(ref, 'wd');
    expect(await listKeyVersions(ref)).toMatchObject([
      { size: 0, etag: null, storageClass: null, isDeleteMarker: true },
      { size: 2, etag: expect.stringMatching(/^[0-9a-f]{32}$/), storageClass: 'STANDARD', isDeleteMarker: false },
    ]);
  });

  it('knows an empty folder', async () => {
    const ref = { bucket, key: 'folder/' };
    const { versionId } = await putFolderMarker(ref, { kind: 'AES256' });
    expect(await listKeyVersions(ref)).toMatchObject([{ versionId, size: 0, isLatest: true }]);
    expect(await headObject(ref)).toMatchObject({ size: 0, versionId });
  });
});

describe('listVersionsPage', () => {
  it('goes through a prefix by pages, each entry once, in the order of the store', async () => {
    const expected: string[] = [];
    for (const key of ['pages/a', 'pages/b', 'pages/b/c', 'pages/d']) {
      // MinIO would hide what is under a file `pages/b`.
      expected.push(...(await history({ bucket, key: key.replace('b/c', 'c') }, 'wdw')));
    }
    const whole = await listVersionsPage({ bucket, prefix: 'pages/' });
    expect(whole).toMatchObject({ next: null, walksOn: false });
    expect(ids(whole.versions)).toEqual(expected);

    const found: string[] = [];
    let next: typeof whole.next | undefined;
    do {
      const page = await listVersionsPage({ bucket, prefix: 'pages/', maxKeys: 2, ...next });
      expect(page.versions.length).toBeGreaterThan(0);
      found.push(...ids(page.versions));
      // MinIO's markers hold a cursor of its own.
      expect(page.walksOn).toBe(page.next !== null);
      next = page.next;
    } while (next);
    expect(found).toEqual(expected);
  });

  it('can go on from the last entry, without the mark that MinIO gives', async () => {
    await history({ bucket, key: 'resume/a' }, 'www');
    await history({ bucket, key: 'resume/b' }, 'w');
    const first = await listVersionsPage({ bucket, prefix: 'resume/', maxKeys: 2 });
    const last = first.versions.at(-1);
    const rest = await listVersionsPage({
      bucket,
      prefix: 'resume/',
      keyMarker: last?.key ?? '',
      versionIdMarker: last?.versionId,
    });
    const whole = await listVersionsPage({ bucket, prefix: 'resume/' });
    expect([...ids(first.versions), ...ids(rest.versions)]).toEqual(ids(whole.versions));
  });
});

describe('headObject', () => {
  it('sees nothing under a delete marker, and every version by its id', async () => {
    const ref = { bucket, key: 'head.txt' };
    const [marker, second, first] = await history(ref, 'wwd');
    expect(await headObject(ref)).toBeNull();
    expect(await headObject({ ...ref, versionId: marker ?? '' })).toBeNull();
    expect(await headObject({ ...ref, versionId: second ?? '' })).toMatchObject({ versionId: second });
    expect((await readBytes({ ...ref, versionId: first ?? '' }, { maxBytes: 10 })).toString()).toBe('w0');
    expect(await headObject({ ...ref, versionId: crypto.randomUUID() })).toBeNull();
  });
});

describe('removing', () => {
  it('destroys exactly one version, and is a success again', async () => {
    const ref = { bucket, key: 'remove.txt' };
    const [newest, middle, oldest] = await history(ref, 'www');
    await removeVersion({ ...ref, versionId: middle ?? '' });
    await removeVersion({ ...ref, versionId: middle ?? '' });
    expect(ids(await listKeyVersions(ref))).toEqual([newest, oldest]);
  });

  it('brings back what a marker hid, and is a success again', async () => {
    const ref = { bucket, key: 'undelete.txt' };
    const [marker, version] = await history(ref, 'wd');
    await removeDeleteMarker({ ...ref, versionId: marker ?? '' });
    await removeDeleteMarker({ ...ref, versionId: marker ?? '' });
    expect(await headObject(ref)).toMatchObject({ versionId: version });
  });

  it('does not take a version for a marker', async () => {
    const ref = { bucket, key: 'no-marker.txt' };
    const [version] = await history(ref, 'w');
    await expect(removeDeleteMarker({ ...ref, versionId: version ?? '' })).rejects.toMatchObject({
      code: 'wrong_state',
    });
    expect(await listKeyVersions(ref)).toHaveLength(1);
  });
});

describe('readBytes', () => {
  it('reads a range, and refuses more than it may', async () => {
    const ref = { bucket, key: 'read.txt' };
    const { versionId } = await putBytes(ref, '0123456789', 'text/plain');
    const range = { start: 2, end: 4 };
    expect((await readBytes({ ...ref, versionId }, { maxBytes: 3, range })).toString()).toBe('234');
    await expect(readBytes({ ...ref, versionId }, { maxBytes: 9 })).rejects.toMatchObject({ code: 'too_large' });
  });
});
