import { describe, expect, it } from 'vitest';
import { planTag, tagName } from './plan-tag.ts';
import type { SelectedAsset } from './selected.ts';

const asset = (path: string, state: SelectedAsset['state'] = 'live'): SelectedAsset => ({
  id: 1n,
  path,
  key: `r/${path}`,
  state,
  versionId: 'v1',
  etag: 'e1',
  size: 7,
  storageClass: 'STANDARD',
});
const tags = new Map([['r/sky.jpg', new Set(['Sky'])]]);

describe('planTag', () => {
  it.each([
    ['adds what is missing', ['Sky', 'Sea'], [], 'pending'],
    ['has nothing to add', ['Sky'], [], 'skipped'],
    ['removes what is there', [], ['Sky'], 'pending'],
    ['has nothing to remove', [], ['Sea'], 'skipped'],
  ])('%s', (_, add, remove, state) => {
    expect(planTag([asset('sky.jpg')], { add, remove }, tags)[0]?.state).toBe(state);
  });

  it('touches live files only', () => {
    const items = planTag([asset('a', 'trashed'), asset('b', 'gone')], { add: ['Sky'], remove: [] }, tags);
    expect(items.map((item) => item.error?.code)).toEqual(['wrong_state', 'not_found']);
  });

  it('asks for something, and not for both at once', () => {
    expect(() => planTag([], { add: [], remove: [] }, tags)).toThrow(/names tags/);
    expect(() => planTag([], { add: ['Sky'], remove: ['Sky'] }, tags)).toThrow(/at once/);
  });
});

describe('tagName', () => {
  it.each([
    ['  open   air ', 'open air'],
    ['sKY', 'Sky'],
    ['e\u0301te\u0301', 'été'],
  ])('%j', (text, expected) => {
    expect(tagName(text, new Map([['sky', 'Sky']]))).toBe(expected);
  });
  it.each(['', '   ', 'a\u0000b', '\ud800', 'x'.repeat(65)])('refuses %j', (text) => {
    expect(() => tagName(text, new Map())).toThrow(/tag/i);
  });
});
