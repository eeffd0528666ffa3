import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { kept } from './kept.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks once a key until the time is over', async () => {
  const ask = vi.fn(async () => 1);
  await kept('once', 1_000, ask);
  await kept('once', 1_000, ask);
  expect(ask).toHaveBeenCalledTimes(1);
  await kept('another', 1_000, ask);
  expect(ask).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1_000);
  await kept('once', 1_000, ask);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('does not keep a failure', async () => {
  const fail = () => Promise.reject(new Error('away'));
  await expect(kept('failed', 1_000, fail)).rejects.toThrow('away');
  expect(await kept('failed', 1_000, async () => 2)).toBe(2);
});
