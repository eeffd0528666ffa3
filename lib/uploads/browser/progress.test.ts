import { expect, test } from 'vitest';
import { createSpeedMeter, planTimeLeft } from './progress.ts';

test('speed is the mean of the last eight seconds', () => {
  const meter = createSpeedMeter();
  for (let second = 0; second <= 10; second += 1) meter.sample(second * 1000, second * 100);
  expect(meter.sample(11_000, 1100)).toBeCloseTo(100);
  // A stop of eight seconds is a speed of nothing.
  expect(meter.sample(30_000, 1100)).toBe(0);
});

test('the first half second tells nothing', () => {
  const meter = createSpeedMeter();
  meter.sample(0, 0);
  expect(meter.sample(400, 1_000_000)).toBe(0);
});

test.each([
  [100, 0, null],
  [0, 10, 0],
  [221, 10, 23],
  [300, 10, 30],
  [301, 10, 35],
  [1199, 10, 120],
])('%d bytes left at %d a second: %s s', (left, speed, seconds) => {
  expect(planTimeLeft(left, speed)).toBe(seconds);
});
