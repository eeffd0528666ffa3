import { describe, expect, it } from 'vitest';
import type { ListedVersion } from '#lib/storage/types.ts';
import type { KnownKey } from '../reconcile/plan-merge-join.ts';
import { describeListed } from '../reconcile/version-facts.ts';
import { emptyTally, tallyWindow } from './tally.ts';

const version = (key: string, versionId: string, more: Partial<ListedVersion> = {}): ListedVersion => ({
  key,
  versionId,
  isDeleteMarker: false,
  isLatest: true,
  modifiedAt: new Date('2026-11-01T12:00:00Z'),
  size: 5,
  etag: 'e',
  storageClass: 'STANDARD',
  ...more,
});
const marker = (key: string, versionId: string) =>
  version(key, versionId, { isDeleteMarker: true, size: 0, etag: null, storageClass: null });
const known = (path: string, versions: ListedVersion[], more: Partial<KnownKey> = {}): KnownKey => {
  const content = versions.find((one) => !one.isDeleteMarker);
  const state = !content ? 'gone' : versions[0]?.isDeleteMarker ? 'trashed' : 'live';
  const shown = { state, size: content?.size ?? 0, versionId: content?.versionId ?? '' } as const;
  return { path, facts: describeListed(versions), shown, marker: null, appliedTicket: 1n, ...more };
};
const folder = (path: string, id: string): KnownKey => ({
  path,
  facts: '',
  shown: null,
  marker: id,
  appliedTicket: 0n,
});

const a = [version('p/a', 'a2'), version('p/a', 'a1')];
const b = [marker('p/b', 'm'), version('p/b', 'b1')];
const world = [
  { path: 'p/a', versions: a },
  { path: 'p/b', versions: b },
  { path: 'p/q/', versions: [version('p/q/', 'null', { size: 0 })] },
];
const same = [known('p/a', a), known('p/b', b), folder('p/q/', 'null')];

function tally(listed: typeof world, index: KnownKey[], lookedAt: Map<string, ListedVersion[]> = new Map()) {
  const made = emptyTally();
  tallyWindow(made, { listed, known: index, ticket: 10n, lookedAt });
  return made;
}
const differing = (made: ReturnType<typeof tally>) =>
  [...made.folders].filter(([, { bucket, index }]) => bucket.sum !== index.sum).map(([path]) => path);

describe('tallyWindow', () => {
  it('counts keys, versions with markers and bytes, and gives equal sides one checksum', () => {
    const made = tally(world, same);
    expect(made.bucket).toMatchObject({ keys: 3, versions: 5, bytes: 15 });
    expect(made.index).toEqual(made.bucket);
    expect(differing(made)).toEqual([]);
  });

  it('is the same in whatever windows it is counted', () => {
    const whole = tally(world, same);
    const parts = emptyTally();
    for (const at of [2, 0, 1]) {
      const [listed, index] = [world[at], same[at]];
      if (!listed || !index) throw new Error('no such key');
      tallyWindow(parts, { listed: [listed], known: [index], ticket: 10n, lookedAt: new Map() });
    }
    expect(parts).toEqual(whole);
  });

  it.each([
    ['a version that the index missed', [known('p/a', a.slice(1)), ...same.slice(1)]],
    ['other order', [known('p/a', a.toReversed()), ...same.slice(1)]],
    ['other content', [known('p/a', [version('p/a', 'a2', { etag: 'x' }), ...a.slice(1)]), ...same.slice(1)]],
    ['a wrong state', [same[0], known('p/b', b, { shown: { state: 'live', size: 5, versionId: 'b1' } }), same[2]]],
    ['another folder marker', [...same.slice(0, 2), folder('p/q/', 'other')]],
    ['a missing key', same.slice(1)],
  ])('tells %s by the checksum of its folder', (_, index) => {
    expect(differing(tally(world, index as KnownKey[]))).toEqual(['p/']);
  });

  it('takes what was not listed for there, unless a look says otherwise', () => {
    expect(differing(tally(world.slice(1), same))).toEqual([]);
    const gone = tally(world.slice(1), same, new Map([['p/a', []]]));
    expect(differing(gone)).toEqual(['p/']);
    expect(gone.bucket.keys).toBe(2);
  });

  it('holds nothing against the index that it learned after the listing began', () => {
    const newer = known('p/a', [version('p/a', 'a3'), ...a], { appliedTicket: 11n });
    expect(differing(tally(world, [newer, ...same.slice(1)]))).toEqual([]);
  });

  it('counts nothing of what is gone on both sides', () => {
    expect(tally([], [known('p/a', [])])).toMatchObject({ bucket: { keys: 0 }, index: { keys: 0 } });
  });
});
