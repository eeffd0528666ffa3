import { beforeEach, expect, it, vi } from 'vitest';
import { getObjectTags } from '#lib/storage/get-object-tags.ts';
import { compileRules } from './compile-rules.ts';
import type { FateKey } from './plan-fates.ts';
import { withTags } from './with-tags.ts';

vi.mock('#lib/storage/get-object-tags.ts', () => ({
  getObjectTags: vi.fn(async ({ key }: { key: string }) => [{ key: 'of', value: key }]),
}));
const asked = vi.mocked(getObjectTags);
beforeEach(() => {
  asked.mockClear();
});

const version = (versionId: string, size = 10, isDeleteMarker = false) => {
  return { versionId, size, isDeleteMarker, modifiedAt: 0, storageClass: 'STANDARD' };
};
const rules = compileRules([
  {
    ID: 'r',
    Status: 'Enabled',
    Filter: { And: { Prefix: 'raw/', Tags: [{ Key: 'a', Value: 'b' }], ObjectSizeGreaterThan: 5 } },
    Expiration: { Days: 3 },
  },
]);
/** Another bucket each time: what was asked before is remembered. */
const library = () => ({ bucket: crypto.randomUUID() });

it('asks only for versions that a rule by tags could act on, and once', async () => {
  const keys: FateKey[] = [
    { key: 'other/x', versions: [version('v1')] },
    { key: 'raw/a', versions: [version('m', 0, true), version('v2'), version('small', 5)] },
  ];
  const here = library();
  const found = await withTags(here, keys, rules, 10);
  expect(found.asked).toBe(1);
  expect(found.keys.map(({ versions }) => versions.map(({ tags }) => tags))).toEqual([
    [[]],
    [[], [{ key: 'of', value: 'raw/a' }], []],
  ]);
  expect((await withTags(here, keys, rules, 10)).asked).toBe(1);
  expect(asked).toHaveBeenCalledTimes(1);
});

it('asks nothing where no rule goes by tags', async () => {
  const keys = [{ key: 'raw/a', versions: [version('v')] }];
  expect(await withTags(library(), keys, [], 10)).toEqual({ keys, asked: 0 });
});

it.each([
  [2, 2],
  [3, 2],
  [4, 3],
  // Never less than one key, however many versions it has.
  [0, 1],
])('takes as many keys as %i requests are enough for', async (most, expected) => {
  const keys = [['v1'], ['v2'], ['v3', 'v4']].map((ids, at) => {
    return { key: `raw/${at}`, versions: ids.map((id) => version(id)) };
  });
  expect((await withTags(library(), keys, rules, most)).keys).toHaveLength(expected);
});
