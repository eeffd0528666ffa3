import { describe, expect, it } from 'vitest';
import { planUntrash } from './plan-untrash.ts';
import type { SelectedAsset } from './selected.ts';

const asset = (state: SelectedAsset['state']): SelectedAsset => ({
  id: 1n,
  path: 'a/b.jpg',
  key: 'a/b.jpg',
  state,
  versionId: 'v2',
  etag: 'e2',
  size: 7,
  storageClass: 'STANDARD',
});
const clash = { code: 'path_under_file', detail: 'A file named a is where its folder was.' } as const;

describe('planUntrash', () => {
  it.each([
    [
      'trashed',
      null,
      'pending',
      { kind: 'remove-markers', back: { versionId: 'v2', etag: 'e2' }, markers: null },
      null,
    ],
    ['trashed', clash, 'conflict', { kind: 'nothing' }, 'path_under_file'],
    ['live', null, 'skipped', { kind: 'nothing' }, null],
    ['live', clash, 'skipped', { kind: 'nothing' }, null],
    ['gone', null, 'conflict', { kind: 'nothing' }, 'not_found'],
  ] as const)('a file that is %s, clash %s', (state, inTheWay, itemState, step, code) => {
    const [item] = planUntrash([asset(state)], new Map(inTheWay ? [['a/b.jpg', inTheWay]] : []));
    expect(item).toMatchObject({ state: itemState, step });
    expect(item?.error?.code ?? null).toBe(code);
  });
});
