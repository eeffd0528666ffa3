import { describe, expect, it } from 'vitest';
import { planReclass } from './plan-reclass.ts';
import { summarisePlan } from './plan-summary.ts';
import type { SelectedAsset } from './selected.ts';

const asset = (path: string, storageClass: string, more: Partial<SelectedAsset> = {}): SelectedAsset => ({
  id: 1n,
  path,
  key: `r/${path}`,
  state: 'live',
  versionId: 'v1',
  etag: 'e1',
  size: 10,
  storageClass,
  ...more,
});

describe('planReclass', () => {
  it('copies each file on top of itself into the class, and leaves alone what lies there or in the trash', () => {
    const items = planReclass(
      [
        asset('c', 'STANDARD'),
        asset('b', 'STANDARD_IA'),
        asset('a', 'GLACIER'),
        asset('d', 'STANDARD', { state: 'trashed' }),
      ],
      'STANDARD_IA',
    );
    const newest = { versionId: 'v1', etag: 'e1' };
    const copy = {
      kind: 'copy-up',
      source: newest,
      expect: { ...newest, isDeleteMarker: false },
      storageClass: 'STANDARD_IA',
    };
    expect(items.map(({ path, state, archived, step }) => ({ path, state, archived, step }))).toEqual([
      { path: 'a', state: 'pending', archived: true, step: { ...copy, archived: 'GLACIER' } },
      { path: 'b', state: 'skipped', archived: undefined, step: { kind: 'nothing' } },
      { path: 'c', state: 'pending', archived: false, step: copy },
      { path: 'd', state: 'skipped', archived: undefined, step: { kind: 'nothing' } },
    ]);
    expect(summarisePlan(items)).toMatchObject({
      counts: { copy: 2, thaw: 1, unchanged: 2 },
      bytesToCopy: 20,
      samples: [{ path: 'a', what: 'Gets a new version in Standard-IA' }, {}, {}, {}],
    });
  });
});
