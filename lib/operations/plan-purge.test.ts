import { expect, it } from 'vitest';
import { planPurge } from './plan-purge.ts';
import type { SelectedAsset } from './selected.ts';

it.each([
  ['trashed', 'pending', 'purge-key', null],
  ['live', 'conflict', 'nothing', 'wrong_state'],
  ['gone', 'skipped', 'nothing', null],
] as const)('a file that is %s', (state, itemState, kind, code) => {
  const asset: SelectedAsset = {
    id: 5n,
    path: 'a.jpg',
    key: 'r/a.jpg',
    state,
    versionId: 'v2',
    etag: 'e2',
    size: 7,
    storageClass: 'STANDARD',
  };
  const [item] = planPurge([asset], new Map([[5n, 19]]));
  // All versions are freed, not only the newest.
  expect(item).toMatchObject({ state: itemState, step: { kind }, bytes: 19 });
  expect(item?.error?.code ?? null).toBe(code);
});
