import { expect, test } from 'vitest';
import { bounded } from './bounded.ts';

test('never more at once than allowed, everybody in line is served, the next one is turned away', async () => {
  const run = bounded(2, 3);
  let now = 0;
  let most = 0;
  const task = async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((done) => setTimeout(done, 5));
    now -= 1;
    return 'done';
  };
  const started = Array.from({ length: 5 }, () => run(task));
  await expect(run(task)).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 3 });
  expect(await Promise.all(started)).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(most).toBe(2);
});

test('a task that fails gives its place back', async () => {
  const run = bounded(1, 0);
  await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await run(() => Promise.resolve(1))).toBe(1);
});
