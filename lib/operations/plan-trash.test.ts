import { describe, expect, it } from 'vitest';
import { planTrash } from './plan-trash.ts';
import type { SelectedAsset } from './selected.ts';

const asset = (path: string, state: SelectedAsset['state']): SelectedAsset => ({
  id: 1n,
  path,
  key: `root/${path}`,
  state,
  versionId: 'v2',
  etag: 'e2',
  size: 7,
  storageClass: 'STANDARD',
});

describe('planTrash', () => {
  it.each([
    ['live', 'pending', { kind: 'put-marker', expect: { versionId: 'v2', etag: 'e2' } }, null],
    ['trashed', 'skipped', { kind: 'nothing' }, null],
    ['gone', 'conflict', { kind: 'nothing' }, 'not_found'],
  ] as const)('a file that is %s', (state, itemState, step, code) => {
    const [item] = planTrash([asset('a.jpg', state)], []);
    expect(item).toMatchObject({ key: 'root/a.jpg', path: 'a.jpg', state: itemState, step, bytes: 7 });
    expect(item?.error?.code ?? null).toBe(code);
  });

  it('takes each key once, in the byte order of keys, folder objects among them', () => {
    const paths = ['b/～', 'b/a', 'b/😀', 'b/a'].map((path) => asset(path, 'live'));
    const plan = planTrash(paths, [{ path: 'b/', key: 'root/b/' }]);
    expect(plan.map((item) => item.path)).toEqual(['b/', 'b/a', 'b/～', 'b/😀']);
    expect(plan[0]).toMatchObject({ step: { kind: 'remove-folder-marker', onlyIfEmpty: false }, bytes: 0 });
  });
});
