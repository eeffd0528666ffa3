import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from '#lib/storage/key-order.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { findDifference, type KnownKey, planMergeJoin } from './plan-merge-join.ts';
import { describeListed } from './version-facts.ts';

const noon = new Date('2026-11-01T12:00:00.000Z');

/** `v1` a version, `d1` a delete marker; newest first, as a store lists them. */
function history(key: string, ids: string[], change: Partial<ListedVersion> = {}): ListedVersion[] {
  return ids.map((id, at) => ({
    key,
    versionId: id,
    isDeleteMarker: id.startsWith('d'),
    isLatest: at === 0,
    modifiedAt: noon,
    size: id.startsWith('d') ? 0 : 5,
    etag: id.startsWith('d') ? null : `etag-${id}`,
    storageClass: id.startsWith('d') ? null : 'STANDARD',
    ...(at === 0 ? change : {}),
  }));
}

const here = (path: string, ids: string[], change?: Partial<ListedVersion>) => ({
  path,
  listed: { key: path, versions: history(path, ids, change) },
});

function known(path: string, ids: string[], more: Partial<KnownKey> = {}): KnownKey {
  const versions = history(path, ids);
  const content = versions.find((version) => !version.isDeleteMarker);
  const state = !content ? 'gone' : versions[0]?.isDeleteMarker ? 'trashed' : 'live';
  return {
    path,
    facts: describeListed(versions),
    shown: { state, size: content?.size ?? 0, versionId: content?.versionId ?? '' },
    marker: null,
    appliedTicket: 1n,
    ...more,
  };
}

const plan = (listed: ReturnType<typeof here>[], index: KnownKey[]) => {
  const { added, differing, absent, same } = planMergeJoin(listed, index, 10n);
  return {
    added: added.map(({ path }) => path),
    differing: differing.map(({ path, cause }) => `${path} ${cause}`),
    absent: absent.map(({ path }) => path),
    same,
  };
};

describe('planMergeJoin', () => {
  it('tells new, different, missing and equal keys apart in one pass', () => {
    const listed = [here('a', ['v1']), here('b', ['v2', 'v1']), here('d', ['v1'])];
    const index = [known('b', ['v1']), known('c', ['v1']), known('d', ['v1'])];
    expect(plan(listed, index)).toEqual({ added: ['a'], differing: ['b version-added'], absent: ['c'], same: 1 });
  });

  it('takes the whole index for missing when nothing is listed, and everything for new when it is empty', () => {
    expect(plan([], [known('a', ['v1']), known('b', ['v1'])]).absent).toEqual(['a', 'b']);
    expect(plan([here('a', ['v1']), here('b', ['v1'])], []).added).toEqual(['a', 'b']);
  });

  it('leaves alone what the index learned after the listing began', () => {
    const newer = { appliedTicket: 11n };
    expect(plan([here('a', ['v1'])], [known('a', ['v2', 'v1'], newer), known('b', ['v1'], newer)])).toEqual({
      added: [],
      differing: [],
      absent: [],
      same: 2,
    });
  });

  it('does not miss what is gone already', () => {
    expect(plan([], [known('a', [])])).toMatchObject({ absent: [], same: 1 });
  });

  it('finds exactly the keys on which two worlds differ, whatever they are', () => {
    const world = fc.dictionary(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }).filter((key) => !key.endsWith('/')),
      fc.uniqueArray(fc.constantFrom('v1', 'v2', 'd1', 'd2'), { minLength: 1 }),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(world, world, (bucket, index) => {
        const sorted = (keys: object) => Object.keys(keys).sort(compareKeys);
        const result = plan(
          sorted(bucket).map((key) => here(key, bucket[key] as string[])),
          sorted(index).map((key) => known(key, index[key] as string[])),
        );
        const isSame = (key: string) => JSON.stringify(bucket[key]) === JSON.stringify(index[key]);
        expect(result.added).toEqual(sorted(bucket).filter((key) => !(key in index)));
        expect(result.absent).toEqual(sorted(index).filter((key) => !(key in bucket)));
        expect(result.differing).toHaveLength(sorted(bucket).filter((key) => key in index && !isSame(key)).length);
      }),
    );
  });
});

describe('findDifference', () => {
  it.each([
    ['a newer version', ['v2', 'v1'], ['v1'], 'version-added'],
    ['an older version that was missed', ['v2', 'v1'], ['v2'], 'version-added'],
    ['a delete marker', ['d1', 'v1'], ['v1'], 'trashed'],
    ['a marker taken away', ['v1'], ['d1', 'v1'], 'brought-back'],
    ['a version destroyed', ['v2'], ['v2', 'v1'], 'version-removed'],
    ['the newest version destroyed', ['v1'], ['v2', 'v1'], 'version-removed'],
    ['everything destroyed', [], ['v1'], 'removed'],
    ['another order', ['v1', 'v2'], ['v2', 'v1'], 'details-changed'],
    ['no difference', ['d1', 'v1'], ['d1', 'v1'], null],
  ])('%s', (_, listed, index, cause) => {
    expect(findDifference('a', { versions: history('a', listed) }, known('a', index))).toBe(cause);
  });

  it.each([
    ['other bytes under the null version', { size: 6 }, 'content-changed'],
    [
      'the same bytes written again under the null version',
      { modifiedAt: new Date(noon.getTime() + 1000) },
      'content-changed',
    ],
    ['another storage class', { storageClass: 'GLACIER' }, 'class-changed'],
    ['milliseconds, which a HEAD does not tell', { modifiedAt: new Date(noon.getTime() + 999) }, null],
  ])('%s', (_, change, cause) => {
    const index = known('a', ['null']);
    expect(findDifference('a', { versions: history('a', ['null'], change) }, index)).toBe(cause);
  });

  it('sees columns that do not follow from the versions', () => {
    const index = known('a', ['v1'], { shown: { state: 'trashed', size: 5, versionId: 'v1' } });
    expect(findDifference('a', { versions: history('a', ['v1']) }, index)).toBe('details-changed');
  });

  it.each([
    ['a folder marker that the index misses', ['v1'], null, 'added'],
    ['a folder marker that is known', ['v1'], 'v1', null],
    ['a folder marker that is gone', [], 'v1', 'removed'],
    ['a folder marker under a delete marker', ['d1', 'v1'], 'v1', 'removed'],
  ])('%s', (_, listed, marker, cause) => {
    const versions = history('a/', listed).map((version) => ({ ...version, size: 0 }));
    expect(findDifference('a/', { versions }, known('a/', [], { shown: null, marker }))).toBe(cause);
  });

  it('takes a folder marker with bytes for an asset as well', () => {
    const versions = history('a/', ['v1']);
    expect(findDifference('a/', { versions }, known('a/', [], { shown: null, marker: 'v1' }))).toBe('added');
    expect(findDifference('a/', { versions }, known('a/', ['v1'], { marker: 'v1' }))).toBeNull();
  });
});
