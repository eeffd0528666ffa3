import { describe, expect, it } from 'vitest';
import type { VersionView } from '#lib/versions/schema.ts';
import { consequenceOf, factsOf, titleOf, whyNoRestore } from './version-words.ts';

const version = (more: Partial<VersionView>): VersionView => ({
  versionId: 'v',
  number: 3,
  isDeleteMarker: false,
  isCurrent: false,
  size: 9_856_614,
  etag: 'e',
  crc64nvme: null,
  contentType: 'image/jpeg',
  storageClass: 'STANDARD',
  modifiedAt: '2026-11-09T16:08:00.000Z',
  validFrom: '2026-11-09T16:08:00.000Z',
  validTo: null,
  removedAt: null,
  goes: null,
  width: null,
  height: null,
  durationMs: null,
  thumbhash: null,
  thumbnailUrl: null,
  problem: null,
  by: { name: 'Jonas Weber', you: false },
  cause: 'upload',
  restoredFrom: null,
  origin: null,
  ...more,
});

describe('titleOf', () => {
  it.each([
    [{}, 'Version 3'],
    [{ isDeleteMarker: true, number: null }, 'Deleted by Jonas Weber'],
    [{ isDeleteMarker: true, number: null, by: { name: 'Jonas Weber', you: true } }, 'Deleted by you'],
    [{ isDeleteMarker: true, number: null, by: null }, 'Deleted by another tool'],
  ])('%j', (more, title) => {
    expect(titleOf(version(more))).toBe(title);
  });
});

describe('consequenceOf', () => {
  it('counts on from the highest number, also over markers and versions that are gone', () => {
    const marker = version({ isDeleteMarker: true, number: null });
    const all = [marker, version({ number: 5, removedAt: '2026-11-10T00:00:00.000Z' }), version({ number: 3 })];
    expect(consequenceOf(version({ number: 3 }), all)).toBe('Adds version 6 with the bytes of version 3');
  });
});

describe('whyNoRestore', () => {
  const right = { allowed: true, path: 'campaigns/a.jpg', readOnlyReason: null };
  it.each([
    [{}, right, undefined],
    [{ isCurrent: true }, right, 'This is the current version'],
    [{ removedAt: '2026-11-10T00:00:00.000Z' }, right, 'Its bytes are gone from the store'],
    [{}, { ...right, allowed: false }, 'Only admins of campaigns/ restore versions'],
    [{}, { ...right, allowed: false, path: 'a.jpg' }, 'Only admins restore versions'],
    [{}, { ...right, allowed: false, readOnlyReason: 'Versioning is off.' }, 'Versioning is off.'],
  ])('%j', (more, given, reason) => {
    expect(whyNoRestore(version(more), given)).toBe(reason);
  });
});

describe('factsOf', () => {
  it('reads a row in one line', () => {
    expect(factsOf(version({ isCurrent: true }))).toBe('Version 3, current, 9.4 MB');
    expect(factsOf(version({ number: 6, restoredFrom: '3' }))).toBe('Version 6, 9.4 MB, from version 3');
    const origin = { path: 'old/a.jpg', versionId: 'v' };
    expect(factsOf(version({ number: 1, cause: 'move', origin }))).toBe('Version 1, 9.4 MB, moved from old/a.jpg');
    expect(factsOf(version({ removedAt: '2026-11-10T00:00:00.000Z' }))).toBe('Version 3, gone from the store');
  });
});
