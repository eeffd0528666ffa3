import { describe, expect, it } from 'vitest';
import { addCounts, countFates, emptyCount } from './count-fates.ts';
import { DAY, type FateEvent } from './plan-fates.ts';

const from = Date.parse('2026-11-26T00:00:00Z');
const key = (versionId: string, size: number) => ({
  key: `${versionId}.jpg`,
  versions: [{ versionId, isDeleteMarker: false, size, modifiedAt: 0, storageClass: 'STANDARD' }],
});
const move = (versionId: string, days: number, ruleId = 'r1'): FateEvent => ({
  action: 'move',
  to: 'GLACIER',
  at: from + days * DAY,
  versionId,
  ruleId,
});

describe('countFates', () => {
  it('adds up what has happened by each horizon', () => {
    const count = emptyCount();
    countFates(count, key('a', 100), [move('a', 0)], from);
    countFates(count, key('b', 10), [move('b', 31)], from);
    countFates(count, key('c', 1), [], from);
    expect(count.all.moved.GLACIER).toEqual([
      { files: 1, versions: 1, bytes: 100 },
      { files: 1, versions: 1, bytes: 100 },
      { files: 2, versions: 2, bytes: 110 },
      { files: 2, versions: 2, bytes: 110 },
    ]);
    expect(count.scanned).toEqual({ keys: 3, versions: 3, bytes: 111 });
  });

  it('counts a file once, however many of its versions go', () => {
    const count = emptyCount();
    const two = { key: 'a.jpg', versions: [...key('v1', 1).versions, ...key('v2', 2).versions] };
    countFates(count, two, [move('v1', 0), move('v2', 31)], from);
    expect(count.all.moved.GLACIER?.map(({ files, versions }) => [files, versions])).toEqual([
      [1, 1],
      [1, 1],
      [1, 2],
      [1, 2],
    ]);
    expect(count.rules.r1?.moved.GLACIER?.at(-1)).toEqual({ files: 1, versions: 2, bytes: 3 });
  });

  it('counts each rule alone, and keeps a few samples of each', () => {
    const count = emptyCount();
    for (let index = 0; index < 9; index += 1) countFates(count, key(`k${index}`, 1), [move(`k${index}`, 0)], from);
    countFates(count, key('x', 5), [{ action: 'expire', at: from, versionId: 'x', ruleId: 'r2' }], from);
    expect(Object.keys(count.rules)).toEqual(['r1', 'r2']);
    expect(count.rules.r2?.expired[0]).toEqual({ files: 1, versions: 1, bytes: 5 });
    expect(count.samples.map(({ path }) => path)).toEqual(['k0.jpg', 'k1.jpg', 'k2.jpg', 'x.jpg']);
  });
});

describe('addCounts', () => {
  it('gives the same as counting all at once', () => {
    const [one, two, whole] = [emptyCount(), emptyCount(), emptyCount()];
    for (const [index, part] of [one, two, one, two].entries()) {
      const args = [key(`k${index}`, 2 ** index), [move(`k${index}`, index * 30, `r${index % 2}`)], from] as const;
      countFates(part, args[0], [...args[1]], from);
      countFates(whole, args[0], [...args[1]], from);
    }
    const sum = addCounts(one, two);
    expect({ ...sum, samples: null }).toEqual({ ...whole, samples: null });
    expect(sum.samples).toHaveLength(4);
  });
});
