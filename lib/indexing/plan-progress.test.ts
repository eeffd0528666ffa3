import { describe, expect, it } from 'vitest';
import { isCovered, planProgress, type ShardPlace } from './plan-progress.ts';

const shard = (after: string, upTo: string | null, checkpoint: string | null = null, done = false): ShardPlace => ({
  after,
  upTo,
  checkpoint,
  done,
});

describe('planProgress', () => {
  it.each<[string, ShardPlace[], number]>([
    ['nothing planned yet', [], 0],
    ['nothing listed', [shard('', 'm'), shard('m', null)], 0],
    ['one of two parts', [shard('', 'm', 'm', true), shard('m', null)], 0.5],
    ['all', [shard('', null, 'z', true)], 1],
    ['half-way between two bounds with a common beginning', [shard('x/a', 'x/c', 'x/b')], 0.5],
    ['never whole before it is done', [shard('', 'b', 'b')], 0.99],
    ['a part with marks, by those that are behind', [{ ...shard('', null, 'c'), marks: ['b', 'c', 'd'] }], 0.5],
    ['a part with marks, inside a piece', [{ ...shard('', null, 'b5'), marks: ['b', 'c', 'd'] }], 0.35],
    ['no way back for a checkpoint before the bound', [shard('b', 'c', 'a')], 0],
  ])('%s', (_, shards, progress) => {
    expect(planProgress(shards, 0).progress).toBeCloseTo(progress, 2);
  });

  it('grows with the checkpoint in a part without an end', () => {
    const shares = ['a', 'f', 'q', 'z', '\u{1f600}'].map((at) => planProgress([shard('', null, at)], 10).progress);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(1);
  });

  it('tells the time left from what was done, once there is enough', () => {
    const half = [shard('', 'm', 'm', true), shard('m', null)];
    expect(planProgress(half, 60).secondsLeft).toBe(60);
    expect(planProgress(half, 1).secondsLeft).toBeNull();
    expect(planProgress([shard('', null)], 60).secondsLeft).toBeNull();
  });
});

describe('isCovered', () => {
  const shards = [shard('', 'c/m', 'b/x'), shard('c/m', 'f/', 'f/', true), shard('f/', null)];
  it.each([
    ['a/', true, 'the checkpoint is behind it'],
    ['b/', false, 'the checkpoint is inside'],
    ['c/', false, 'half of it lies in a part that is not there yet'],
    ['d/', true, 'its part is done'],
    ['e/deep/', true, 'its part is done'],
    ['f/', false, 'not begun'],
    ['z/', false, 'not begun'],
    ['', false, 'the root is the whole'],
  ])('%s: %s, since %s', (folder, covered) => {
    expect(isCovered(shards, folder)).toBe(covered);
  });

  it('is true for all when all is done', () => {
    expect(isCovered([shard('', null, 'z', true)], '')).toBe(true);
  });
});
