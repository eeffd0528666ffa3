import { describe, expect, it } from 'vitest';
import { parseDateSpan } from './date-span.ts';

/** A Wednesday. */
const today = new Date(2026, 10, 25, 15, 30);

describe('parseDateSpan', () => {
  it.each<[string, string | null, string | null]>([
    ['today', '2026-11-25', '2026-11-26'],
    ['Yesterday', '2026-11-24', '2026-11-25'],
    ['this week', '2026-11-23', '2026-11-30'],
    ['last  week', '2026-11-16', '2026-11-23'],
    ['this month', '2026-11-01', '2026-12-01'],
    ['last month', '2026-10-01', '2026-11-01'],
    ['last year', '2025-01-01', '2026-01-01'],
    ['last 7 days', '2026-11-19', '2026-11-26'],
    ['past 1 month', '2026-10-26', '2026-11-26'],
    ['2026', '2026-01-01', '2027-01-01'],
    ['2026-12', '2026-12-01', '2027-01-01'],
    ['2024-02-29', '2024-02-29', '2024-03-01'],
    ['Nov 2025', '2025-11-01', '2025-12-01'],
    ['november', '2026-11-01', '2026-12-01'],
    ['december', '2025-12-01', '2026-01-01'],
    ['5 nov', '2026-11-05', '2026-11-06'],
    ['26 November', '2025-11-26', '2025-11-27'],
    ['Nov 5, 2025', '2025-11-05', '2025-11-06'],
    ['3rd May 2020', '2020-05-03', '2020-05-04'],
    ['2 to 9 Nov', '2026-11-02', '2026-11-10'],
    ['2026-11-01..2026-11-07', '2026-11-01', '2026-11-08'],
    ['2026-11-01..', '2026-11-01', null],
    ['..2026-11-07', null, '2026-11-08'],
    ['Oct – Nov', '2026-10-01', '2026-12-01'],
    ['since march', '2026-03-01', null],
    ['before 2020', null, '2020-01-01'],
    ['until 5 nov', null, '2026-11-06'],
    ['after yesterday', '2026-11-25', null],
  ])('%s', (text, from, to) => {
    expect(parseDateSpan(text, today)).toEqual({ from, to });
  });

  it.each([
    '',
    'soon',
    '31 feb',
    '2026-13',
    '2026-02-30',
    '9 to 2 nov',
    'nov to',
    '..',
    '0 may',
    'last weeks',
    '1..2..3',
  ])('does not guess: %s', (text) => {
    expect(parseDateSpan(text, today)).toBeNull();
  });

  it('keeps to the calendar over ends of months and years', () => {
    expect(parseDateSpan('last month', new Date(2026, 2, 31))).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(parseDateSpan('last week', new Date(2027, 0, 3))).toEqual({ from: '2026-12-21', to: '2026-12-28' });
    expect(parseDateSpan('past 1 month', new Date(2026, 2, 31))).toEqual({ from: '2026-03-01', to: '2026-04-01' });
  });
});
