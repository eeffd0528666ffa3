import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBatcher } from './batcher.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(options: { waitMs: (size: number, underWay: number) => number; holdFull?: boolean; parallel?: number }) {
  const calls: number[][] = [];
  const answers: (() => void)[] = [];
  const batcher = createBatcher<number, number>({
    max: 3,
    send: (inputs) => {
      calls.push(inputs);
      return new Promise((resolve) => answers.push(() => resolve(inputs.map((input) => input * 10))));
    },
    ...options,
  });
  return { batcher, calls, answers };
}

describe('a batcher', () => {
  it('sends a full batch at once, and the rest when its time has come', async () => {
    const { batcher, calls, answers } = setUp({ waitMs: () => 100 });
    const results = [1, 2, 3, 4].map((input) => batcher.add(input));
    expect(calls).toEqual([[1, 2, 3]]);
    await vi.advanceTimersByTimeAsync(99);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(calls).toEqual([[1, 2, 3], [4]]);
    for (const answer of answers) answer();
    expect(await Promise.all(results)).toEqual([10, 20, 30, 40]);
  });

  it('holds full batches back when told to, and then sends a bounded number at once', async () => {
    let waitMs = 3000;
    const { batcher, calls, answers } = setUp({ waitMs: () => waitMs, holdFull: true, parallel: 2 });
    const results = Array.from({ length: 8 }, (_, at) => batcher.add(at));
    await vi.advanceTimersByTimeAsync(2000);
    expect(calls).toEqual([]);
    waitMs = 10;
    batcher.reconsider();
    await vi.advanceTimersByTimeAsync(20);
    expect(calls).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(20);
    expect(calls).toHaveLength(3);
    for (const answer of answers) answer();
    expect(await Promise.all(results)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
  });

  it('looks again when a wait grew longer after it began', async () => {
    let waitMs = 50;
    const { batcher, calls } = setUp({ waitMs: () => waitMs });
    void batcher.add(1);
    waitMs = 500;
    await vi.advanceTimersByTimeAsync(60);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(450);
    expect(calls).toEqual([[1]]);
  });
});
