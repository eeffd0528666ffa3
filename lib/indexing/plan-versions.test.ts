import { describe, expect, it } from 'vitest';
import type { ListedVersion } from '#lib/storage/types.ts';
import { type KnownVersion, type PlannedVersion, planVersions } from './plan-versions.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
const now = at(1000);

function listed(versionId: string, seconds: number, more: Partial<ListedVersion> = {}): ListedVersion {
  return {
    key: 'k',
    versionId,
    isDeleteMarker: false,
    isLatest: false,
    modifiedAt: at(seconds),
    size: 1,
    etag: versionId,
    storageClass: 'STANDARD',
    ...more,
  };
}

/** The plan, stored as rows, as the next plan finds it. */
function stored(planned: PlannedVersion[]): KnownVersion[] {
  return planned.map(({ changed: _, ...version }, index) => ({ ...version, id: version.id ?? BigInt(100 + index) }));
}

const shape = (planned: PlannedVersion[]) =>
  planned.map((version) => [
    version.versionId,
    version.seq,
    version.validFrom.getTime(),
    version.validTo?.getTime() ?? null,
    version.removedAt !== null,
  ]);

describe('planVersions', () => {
  it('counts from the oldest in the order of the store, not by time', () => {
    const plan = planVersions([], [listed('c', 5), listed('b', 9), listed('a', 1)], now);
    expect(shape(plan)).toEqual([
      ['a', 1, at(1).getTime(), at(9).getTime(), false],
      ['b', 2, at(9).getTime(), at(9).getTime(), false],
      ['c', 3, at(9).getTime(), null, false],
    ]);
  });

  it('changes nothing when the listing says what is known', () => {
    const list = [listed('b', 2), listed('a', 1)];
    const again = planVersions(stored(planVersions([], list, now)), list, now);
    expect(again.filter((version) => version.changed)).toEqual([]);
  });

  it('knows a version from a HEAD again in a listing, whose time has milliseconds', () => {
    const fromHead = stored(planVersions([], [listed('a', 1)], now));
    const exact = { modifiedAt: new Date(at(1).getTime() + 436) };
    const plan = planVersions(fromHead, [listed('a', 1, exact)], now);
    expect(plan).toMatchObject([{ id: fromHead[0]?.id, versionId: 'a', ...exact, removedAt: null, changed: true }]);
    expect(planVersions(stored(plan), [listed('a', 1, exact)], now).filter((version) => version.changed)).toEqual([]);
  });

  it('appends a version and touches only the former current one', () => {
    const first = stored(planVersions([], [listed('b', 2), listed('a', 1)], now));
    const plan = planVersions(first, [listed('c', 3), listed('b', 2), listed('a', 1)], now);
    expect(plan.filter((version) => version.changed).map((version) => version.versionId)).toEqual(['b', 'c']);
  });

  it('keeps a removed version at its place and says so; the present ones close the gap', () => {
    const first = stored(planVersions([], [listed('c', 3), listed('b', 2), listed('a', 1)], now));
    const plan = planVersions(first, [listed('c', 3), listed('a', 1)], now);
    expect(shape(plan)).toEqual([
      ['a', 1, at(1).getTime(), at(3).getTime(), false],
      ['b', 2, at(2).getTime(), at(3).getTime(), true],
      ['c', 3, at(3).getTime(), null, false],
    ]);
    expect(plan[1]?.removedAt).toEqual(now);
  });

  it('ends a removed newest version when it was removed and makes the older one current again', () => {
    const first = stored(planVersions([], [listed('b', 2), listed('a', 1)], now));
    const plan = planVersions(first, [listed('a', 1)], now);
    expect(shape(plan)).toEqual([
      ['a', 1, at(1).getTime(), null, false],
      ['b', 2, at(2).getTime(), now.getTime(), true],
    ]);
  });

  it('does not move the date of an earlier removal', () => {
    const first = stored(planVersions([], [listed('b', 2), listed('a', 1)], now));
    const second = stored(planVersions(first, [listed('b', 2)], now));
    const third = planVersions(second, [listed('b', 2)], at(2000));
    expect(third.filter((version) => version.changed)).toEqual([]);
    expect(third[0]?.removedAt).toEqual(now);
  });

  it('takes a null version with other content for a new version', () => {
    const first = stored(planVersions([], [listed('null', 1, { etag: 'x' })], now));
    const plan = planVersions(first, [listed('null', 5, { etag: 'y' })], now);
    expect(plan.map((version) => [version.versionId, version.etag, version.removedAt !== null])).toEqual([
      ['null', 'x', true],
      ['null', 'y', false],
    ]);
  });

  it('notes a version that only changed its storage class', () => {
    const first = stored(planVersions([], [listed('a', 1)], now));
    const plan = planVersions(first, [listed('a', 1, { storageClass: 'GLACIER' })], now);
    expect(plan.map((version) => [version.id, version.storageClass, version.changed])).toEqual([
      [100n, 'GLACIER', true],
    ]);
  });

  it('keeps delete markers in the order', () => {
    const marker = listed('m', 2, { isDeleteMarker: true, etag: null, size: 0 });
    const plan = planVersions([], [listed('b', 3), marker, listed('a', 1)], now);
    expect(plan.map((version) => [version.versionId, version.isDeleteMarker])).toEqual([
      ['a', false],
      ['m', true],
      ['b', false],
    ]);
  });
});
