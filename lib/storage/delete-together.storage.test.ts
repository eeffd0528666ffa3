import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestBucket } from '#scripts/testing/store.ts';
import { entryName, putDeleteMarkers, removeDeleteMarkers } from './delete-together.ts';
import { putBytes } from './objects.ts';
import { listKeyVersions } from './versions.ts';

let bucket: string;
let remove: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ bucket, remove } = await makeTestBucket());
});
afterAll(() => remove?.());

const keys = ['plain.jpg', 'a b/ü+%#?&=.jpg', 'it\'s <1> & "2"!*~.jpg', 'emoji 🏔/שלום.jpg'];
const stateOf = async (key: string) => (await listKeyVersions({ bucket, key })).map((entry) => entry.isDeleteMarker);

it('puts a marker on each key and takes exactly those away again', async () => {
  for (const key of keys) await putBytes({ bucket, key }, key, 'text/plain');
  const put = await putDeleteMarkers(bucket, keys);
  for (const key of keys) {
    expect(await stateOf(key)).toEqual([true, false]);
    const [top] = await listKeyVersions({ bucket, key });
    expect(put.get(key)).toEqual({ versionId: top?.versionId });
  }
  const markers = keys.map((key) => ({ key, versionId: put.get(key)?.versionId as string }));
  const removed = await removeDeleteMarkers(bucket, markers);
  expect([...removed.keys()].sort()).toEqual(markers.map(entryName).sort());
  for (const key of keys) expect(await stateOf(key)).toEqual([false]);
});

it('leaves to the caller what no XML document can name, and the null version', async () => {
  const odd = ['tab\t.jpg', ' leading.jpg', 'trailing.jpg '];
  expect(await putDeleteMarkers(bucket, odd)).toEqual(new Map());
  await putBytes({ bucket, key: 'kept.jpg' }, 'kept', 'text/plain');
  expect(await removeDeleteMarkers(bucket, [{ key: 'kept.jpg', versionId: 'null' }])).toEqual(new Map());
  expect(await stateOf('kept.jpg')).toEqual([false]);
});

it('says of a bucket that is not there that nothing was done', async () => {
  expect(await putDeleteMarkers(`${bucket}-not-there`, keys)).toEqual(new Map());
});
