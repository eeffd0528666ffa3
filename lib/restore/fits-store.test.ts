import { describe, expect, it } from 'vitest';
import type { ListedVersion } from '#lib/storage/types.ts';
import { fitsStore } from './fits-store.ts';

/** "a" is a version, "-m" a marker; newest first. */
const list = (...ids: string[]): ListedVersion[] =>
  ids.map((id, at) => ({
    key: 'k',
    versionId: id.replace('-', ''),
    isDeleteMarker: id.startsWith('-'),
    isLatest: at === 0,
    modifiedAt: new Date(0),
    size: 1,
    etag: id.startsWith('-') ? null : `e-${id}`,
    storageClass: null,
  }));
const seen = (id: string) => ({ versionId: id, etag: `e-${id}` });

describe('fitsStore', () => {
  const copy = {
    kind: 'copy-up',
    source: seen('a'),
    expect: { ...seen('b'), isDeleteMarker: false },
  } as const;
  const marker = { kind: 'put-marker', expect: seen('b') } as const;
  const back = { kind: 'remove-markers', back: seen('b'), markers: ['m'] } as const;
  it.each([
    [copy, list('b', 'a'), true],
    [copy, list('c', 'b', 'a'), false],
    [copy, list('b'), false],
    [copy, list('-m', 'b', 'a'), false],
    [{ ...copy, expect: { versionId: 'm', etag: null, isDeleteMarker: true } }, list('-m', 'b', 'a'), true],
    [marker, list('b', 'a'), true],
    [marker, list('-m', 'b'), false],
    [marker, list('c', 'b'), false],
    [{ ...back, markers: ['m'] }, list('-m', 'b'), true],
    [{ ...back, markers: ['m'] }, list('-n', '-m', 'b'), false],
    [{ ...back, markers: ['m'] }, list('b'), false],
    [{ ...back, markers: ['m'] }, list('-m', 'a'), false],
  ])('%j on %j is %s', (step, listed, fits) => {
    expect(fitsStore(step, listed)).toBe(fits);
  });
});
