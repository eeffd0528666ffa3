import { expect, it } from 'vitest';
import { planMoment } from './plan-moment.ts';

const now = new Date(2026, 10, 25, 12, 0);
const local = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString();

it.each([
  ['6 Nov 16:40', local(2026, 10, 6, 16, 40)],
  ['yesterday at 9:05', local(2026, 10, 24, 9, 5)],
  ['11:59', local(2026, 10, 25, 11, 59)],
  ['yesterday', local(2026, 10, 25)],
  ['6 nov 2025', local(2025, 10, 7)],
  ['last month', local(2026, 10, 1)],
])('knows %s', (text, at) => expect(planMoment(text, now)).toBe(at));

it.each(['', 'boats', '12:01', 'today', '6 Nov 25:00', 'last week 10:00', '2026'])('is no past moment: %s', (text) =>
  expect(planMoment(text, now)).toBe(null),
);
