import { describe, expect, test } from 'vitest';
import {
  formatAgo,
  formatDate,
  formatDay,
  formatExact,
  formatMoment,
  formatMonth,
  formatStamp,
  formatTime,
} from './format-time.ts';

// Mon 23 Nov 2026, 15:00 in Berlin
const now = '2026-11-23T14:00:00Z';
const zone = 'Europe/Berlin';

describe('times as they are read', () => {
  test.each([
    ['2026-11-23T13:32:00Z', 'today 14:32'],
    // midnight is today, not 24:00
    ['2026-11-22T23:00:00Z', 'today 00:00'],
    // a minute before it is yesterday, though less than a day ago
    ['2026-11-22T22:59:00Z', 'Sun 22 Nov 23:59'],
    ['2026-11-20T10:07:00Z', 'Fri 20 Nov 11:07'],
    ['2026-11-17T10:07:00Z', 'Tue 17 Nov 11:07'],
    ['2026-11-16T10:07:00Z', '16 Nov 11:07'],
    ['2026-11-09T15:08:00Z', '9 Nov 16:08'],
    // summer time
    ['2026-07-01T10:00:00Z', '1 Jul 12:00'],
    ['2025-10-02T06:15:00Z', '2 Oct 2025'],
    // this year in Berlin, last year in UTC
    ['2025-12-31T23:30:00Z', '1 Jan 00:30'],
    // a lifecycle date ahead
    ['2026-11-25T10:00:00Z', 'Wed 25 Nov 11:00'],
    ['2027-03-01T10:00:00Z', '1 Mar 2027'],
  ])('%s is %s', (at, text) => expect(formatTime(at, now, zone)).toBe(text));

  test('the same moment is another day elsewhere', () => {
    expect(formatTime('2026-11-22T23:30:00Z', now, 'Europe/Berlin')).toBe('today 00:30');
    expect(formatTime('2026-11-22T23:30:00Z', now, 'America/New_York')).toBe('Sun 22 Nov 18:30');
  });
});

test.each([
  ['2026-12-06T10:00:00Z', '6 Dec'],
  ['2027-12-06T10:00:00Z', '6 Dec 2027'],
  ['2026-11-23T01:00:00Z', 'today'],
])('date of %s is %s', (at, text) => expect(formatDate(at, now, zone)).toBe(text));

test.each([
  ['2026-11-23T01:00:00Z', 'Today'],
  ['2026-11-22T01:00:00Z', 'Yesterday'],
  ['2026-11-20T01:00:00Z', 'Fri 20 November'],
  ['2025-11-20T01:00:00Z', 'Thu 20 November 2025'],
])('day of %s is %s', (at, text) => expect(formatDay(at, now, zone)).toBe(text));

test('month, moment, exact', () => {
  expect(formatMonth('2026-10-31T23:30:00Z', zone)).toBe('November 2026');
  expect(formatMoment('2026-11-06T15:40:09Z', zone)).toBe('Fri 6 Nov 2026, 16:40');
  expect(formatStamp('2026-11-06T05:40:09Z', zone)).toBe('2026-11-06 06.40.09');
  expect(formatExact('2026-11-06T15:40:09Z', zone)).toBe('Fri 6 Nov 2026, 16:40:09 CET. 15:40:09 UTC');
  expect(formatExact('2026-11-06T23:40:09Z', zone)).toBe('Sat 7 Nov 2026, 00:40:09 CET. 6 Nov, 23:40:09 UTC');
  expect(formatExact('2026-11-06T15:40:09Z', 'UTC')).toBe('Fri 6 Nov 2026, 15:40:09 UTC');
});

test.each([
  ['2026-11-23T13:59:59Z', 'just now'],
  ['2026-11-23T13:59:57Z', '3 s ago'],
  ['2026-11-23T13:58:00Z', '2 min ago'],
  ['2026-11-23T12:00:00Z', '2 h ago'],
  ['2026-11-22T14:00:00Z', '1 day ago'],
  ['2026-11-06T14:00:00Z', '17 days ago'],
  ['2026-11-26T14:00:00Z', 'in 3 days'],
])('%s is %s', (at, text) => expect(formatAgo(at, now)).toBe(text));
