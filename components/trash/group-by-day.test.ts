import { describe, expect, it } from 'vitest';
import { groupByDay } from './group-by-day.ts';

describe('groupByDay', () => {
  it('follows the calendar of the reader, not spans of 24 hours', () => {
    const now = '2026-11-23T00:30:00Z';
    const times = ['2026-11-23T00:10:00Z', '2026-11-22T23:50:00Z', '2026-11-22T01:00:00Z', '2025-11-20T12:00:00Z'];
    expect(groupByDay(times, (time) => time, now, 'UTC')).toEqual([
      { day: 'Today', items: [times[0]] },
      { day: 'Yesterday', items: [times[1], times[2]] },
      { day: 'Thu 20 November 2025', items: [times[3]] },
    ]);
    expect(
      groupByDay(times, (time) => time, now, 'America/New_York').map(({ day, items }) => [day, items.length]),
    ).toEqual([
      ['Today', 2],
      ['Yesterday', 1],
      ['Thu 20 November 2025', 1],
    ]);
  });
});
