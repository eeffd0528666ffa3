import { describe, expect, it } from 'vitest';
import { findOverlap, planRoot, suggestSlug } from './plan-root.ts';

describe('planRoot', () => {
  it.each([
    ['photos', '', 'photos', ''],
    [' photos ', '/media/2026', 'photos', 'media/2026/'],
    ['my.photos-2', 'media//', 'my.photos-2', 'media/'],
  ])('%j and %j', (bucket, rootPrefix, keptBucket, keptPrefix) => {
    expect(planRoot({ bucket, rootPrefix })).toEqual({ root: { bucket: keptBucket, rootPrefix: keptPrefix } });
  });

  it.each([
    ['Photos', '', 'bucket'],
    ['s3://photos', '', 'bucket'],
    ['ab', '', 'bucket'],
    ['photos', 'a/../b', 'rootPrefix'],
    ['photos', 'a//b', 'rootPrefix'],
    ['photos', 'a\u0000b', 'rootPrefix'],
  ])('refuses %j and %j', (bucket, rootPrefix, field) => {
    expect(planRoot({ bucket, rootPrefix })).toMatchObject({ field, problem: expect.stringMatching(/\./) });
  });
});

describe('findOverlap', () => {
  const media = { bucket: 'b', rootPrefix: 'media/' };
  it.each([
    ['the same place', { bucket: 'b', rootPrefix: 'media/' }, true],
    ['inside', { bucket: 'b', rootPrefix: 'media/2026/' }, true],
    ['around', { bucket: 'b', rootPrefix: '' }, true],
    ['beside, with a similar name', { bucket: 'b', rootPrefix: 'media-2/' }, false],
    ['another bucket', { bucket: 'c', rootPrefix: 'media/' }, false],
  ])('%s', (_, root, overlaps) => {
    expect(findOverlap([media], root) !== null).toBe(overlaps);
  });
});

it.each([
  ['Café Zürich 2026', 'cafe-zurich-2026'],
  ['my.bucket', 'my-bucket'],
  ['--', 'library'],
  ['x'.repeat(80), 'x'.repeat(63)],
])('suggestSlug(%j)', (text, slug) => {
  expect(suggestSlug(text)).toBe(slug);
});
