import { expect, test } from 'vitest';
import { highest, planScroll } from './plan-scroll.ts';

test.each([
  [5_000, 800],
  [3_600_000, 800],
  [highest, 900],
  [36_000_000, 900],
  [300_000_000, 700],
])('both ends of a list of %i px are reached in a view of %i', (height, view) => {
  const plan = planScroll(height, view);
  expect(plan.shown).toBeLessThanOrEqual(highest);
  expect(plan.toList(0)).toBe(0);
  // The scrollbar ends at the height of the element without the view; the list must end there, too.
  expect(plan.toList(plan.shown - view)).toBeCloseTo(height - view, 3);
  expect(plan.toList(plan.toScroll(height / 3))).toBeCloseTo(height / 3, 3);
});

test('what fits is not scaled', () => {
  expect(planScroll(5_000, 800).factor).toBe(1);
});
