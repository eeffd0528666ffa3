import { expect, it } from 'vitest';
import { planOldVersions } from './plan-old-versions.ts';

const DAY = 24 * 60 * 60_000;
const now = Date.parse('2026-11-26T12:00:00Z');
/** A version that has been old for so many days; null: the index does not know since when. */
const old = (path: string, versionId: string, days: number | null) => {
  return {
    path,
    versionId,
    etag: `e-${versionId}`,
    size: 10,
    validTo: days === null ? null : new Date(now - days * DAY),
  };
};
const versions = [old('a', 'v3', 5), old('a', 'v2', 30), old('a', 'v1', 90), old('b', 'w1', 29), old('c', 'x1', null)];

it.each([
  [30, 0, { a: ['v2', 'v1'] }],
  [31, 0, { a: ['v1'] }],
  [0, 0, { a: ['v3', 'v2', 'v1'], b: ['w1'] }],
  // The newest old ones stay, whatever their age; how old they are does not make room for others.
  [0, 1, { a: ['v2', 'v1'] }],
  [30, 2, { a: ['v1'] }],
  [30, 3, {}],
])('older than %i days, %i kept', (olderThanDays, keepNewest, expected) => {
  const items = planOldVersions({ rootPrefix: 'r/' }, versions, { olderThanDays, keepNewest }, now);
  const found = items.map(({ path, step }) => [
    path,
    step.kind === 'remove-versions' ? step.versions.map(({ versionId }) => versionId) : null,
  ]);
  expect(Object.fromEntries(found)).toEqual(expected);
  for (const { key, path, bytes, step } of items) {
    expect(key).toBe(`r/${path}`);
    expect(bytes).toBe(10 * (step.kind === 'remove-versions' ? step.versions.length : 0));
  }
});
