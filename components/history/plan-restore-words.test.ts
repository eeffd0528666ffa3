import { expect, it } from 'vitest';
import { planRestoreWords } from './plan-restore-words.ts';

const none = {
  unchanged: 0,
  copy: 0,
  addMarker: 0,
  removeMarker: 0,
  folder: 0,
  tag: 0,
  purge: 0,
  thaw: 0,
  unavailable: 0,
  conflict: 0,
};
const words = (counts: Partial<typeof none>) =>
  planRestoreWords({ counts: { ...none, ...counts }, bytesToCopy: 2_048, requests: 0, samples: [] });

it('counts what changes, and leaves empty kinds out', () => {
  const { files, kinds } = words({ copy: 5, thaw: 2, addMarker: 3, unchanged: 9, unavailable: 1 });
  expect(files).toBe(8);
  expect(kinds.map(({ id, count }) => [id, count])).toEqual([
    ['copy', 3],
    ['addMarker', 3],
    ['thaw', 2],
    ['unavailable', 1],
    ['unchanged', 9],
  ]);
});

it('is nothing when everything is as it was', () => {
  expect(words({ unchanged: 4 })).toMatchObject({ files: 0, kinds: [{ id: 'unchanged' }] });
});
