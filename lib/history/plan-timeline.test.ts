import { describe, expect, it } from 'vitest';
import { endOfBurst, planStep } from './plan-timeline.ts';

const minute = 60_000;
const day = 1_440 * minute;

describe('planStep', () => {
  it.each([
    [0, 60, '5 seconds'],
    [5 * minute, 60, '5 seconds'],
    [15 * minute, 60, '15 seconds'],
    [60 * minute, 60, '1 minute'],
    [61 * minute, 60, '5 minutes'],
    [2 * day, 60, '1 hour'],
    [54 * day, 60, '1 day'],
    [61 * day, 60, '1 week'],
    [54 * day, 24, '1 week'],
    [4 * 365 * day, 60, '1 month'],
    [40 * 365 * day, 24, '1 year'],
  ])('fits %i ms into %i bars of %s', (span, bars, step) => {
    expect(planStep(span, bars)).toBe(step);
  });
});

describe('endOfBurst', () => {
  it('goes on until a pause of ten seconds, in both directions', () => {
    expect(endOfBurst([0, 1_000, 11_000, 21_001, 21_002])).toBe(11_000);
    expect(endOfBurst([500_000, 499_000, 400_000])).toBe(499_000);
    expect(endOfBurst([7])).toBe(7);
  });

  it('ends after an hour, however busy', () => {
    const busy = Array.from({ length: 1_000 }, (_, at) => at * 10_000);
    expect(endOfBurst(busy)).toBe(60 * minute);
  });
});
