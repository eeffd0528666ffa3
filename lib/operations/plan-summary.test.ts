import { describe, expect, it } from 'vitest';
import { commonScope, type PlannedItem, summarisePlan } from './plan-summary.ts';

const seen = { versionId: 'v', etag: null };
const item = (step: PlannedItem['step'], more: Partial<PlannedItem> = {}): PlannedItem => ({
  key: 'k',
  path: 'a/b.jpg',
  step,
  bytes: 5,
  state: 'pending',
  error: null,
  ...more,
});

describe('summarisePlan', () => {
  it('counts each kind once, bytes of copies only, and requests of what will be done', () => {
    const nothing = { kind: 'nothing' } as const;
    const plan = summarisePlan([
      item({ kind: 'put-marker', expect: seen }),
      item({ kind: 'remove-markers', back: seen, markers: null }),
      item({ kind: 'copy-up', source: seen, expect: { ...seen, isDeleteMarker: false } }, { archived: true }),
      item(nothing, { state: 'skipped' }),
      item(nothing, { state: 'conflict', error: { code: 'not_found', detail: 'gone' } }),
      item(nothing, { state: 'conflict', error: { code: 'path_is_folder', detail: 'A folder is there.' } }),
    ]);
    expect(plan.counts).toEqual({
      unchanged: 1,
      copy: 1,
      addMarker: 1,
      removeMarker: 1,
      folder: 0,
      tag: 0,
      purge: 0,
      thaw: 1,
      unavailable: 1,
      conflict: 1,
    });
    expect(plan.bytesToCopy).toBe(5);
    expect(plan.requests).toBe(4 + 5 + 4);
    expect(plan.samples).toHaveLength(5);
    expect(plan.samples[4]?.what).toBe('gone');
  });
});

describe('commonScope', () => {
  it.each([
    [[], ''],
    [['a/b.jpg'], 'a/b.jpg'],
    [['a/'], 'a/'],
    [['a/b.jpg', 'a/c.jpg'], 'a/'],
    [['a/', 'a/b.jpg'], 'a/'],
    [['a/b/x', 'a/b/y', 'a/bc/z'], 'a/'],
    [['abc', 'abd'], ''],
    [['a/x', 'ab/x'], ''],
    [['a/x', 'a/xy'], 'a/'],
  ])('%j', (paths, scope) => {
    expect(commonScope(paths)).toBe(scope);
    expect(commonScope([...paths].reverse())).toBe(scope);
  });
});
