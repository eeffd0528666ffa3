import { describe, expect, it } from 'vitest';
import { inLanes } from './in-lanes.ts';

describe('inLanes', () => {
  it('does each once, never more than allowed at a time', async () => {
    let now = 0;
    let most = 0;
    const done: number[] = [];
    await inLanes(
      Array.from({ length: 20 }, (_, at) => at),
      4,
      async (at) => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, at % 3));
        now -= 1;
        done.push(at);
      },
    );
    expect(most).toBe(4);
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  it('starts nothing new after a failure, and waits for what is under way', async () => {
    const started: number[] = [];
    let finished = 0;
    const run = inLanes([0, 1, 2, 3, 4], 2, async (at) => {
      started.push(at);
      if (at === 1) throw new Error('no');
      await new Promise((resolve) => setTimeout(resolve, 5));
      finished += 1;
    });
    await expect(run).rejects.toThrow('no');
    expect(started).toEqual([0, 1]);
    expect(finished).toBe(1);
  });
});
