import { describe, expect, it } from 'vitest';
import type { VersionView } from '#lib/versions/schema.ts';
import { planPictures } from './plan-pictures.ts';

const mb = 1024 * 1024;
const version = (versionId: string, size: number, more: Partial<VersionView> = {}) =>
  ({ versionId, size, contentType: 'image/jpeg', removedAt: null, isDeleteMarker: false, ...more }) as VersionView;

describe('planPictures', () => {
  it('takes the newest that fit, and no single large one', () => {
    const drawn = planPictures([
      version('a', 8 * mb),
      version('big', 9 * mb),
      version('b', 8 * mb),
      version('c', 8 * mb),
      version('d', 1),
    ]);
    expect([...drawn]).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['a marker', { isDeleteMarker: true }],
    ['one that is gone', { removedAt: '2026-11-10T00:00:00.000Z' }],
    ['a film', { contentType: 'video/mp4' }],
    ['SVG, which could run something', { contentType: 'image/svg+xml' }],
    ['an unknown type', { contentType: null }],
  ])('leaves out %s', (_, more) => {
    expect(planPictures([version('a', 1, more)]).size).toBe(0);
  });
});
