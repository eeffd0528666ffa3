import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatBytesOf,
  formatCount,
  formatDuration,
  formatDurationRange,
  formatMoney,
  formatPercent,
  formatPlayTime,
  formatPlural,
  formatSpeed,
  formatTimeLeft,
} from './format.ts';

const KB = 1024;
const MB = KB * KB;
const GB = MB * KB;

describe('sizes are powers of 1024 with one decimal from 1 MB', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [KB, '1 KB'],
    [412 * KB, '412 KB'],
    [1023.4 * KB, '1,023 KB'],
    // rounds up into the next unit instead of showing 1,024 of the smaller
    [1023.7 * KB, '1.0 MB'],
    [MB, '1.0 MB'],
    [9.4 * MB, '9.4 MB'],
    [88 * MB, '88.0 MB'],
    [1023.96 * MB, '1.0 GB'],
    [1.9 * GB, '1.9 GB'],
    [50 * KB * GB, '50.0 TB'],
    [2000 * KB * KB * GB, '2,000.0 PB'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test.each([
    [0, 6.8 * GB, '0 of 6.8 GB'],
    [2.1 * GB, 6.8 * GB, '2.1 of 6.8 GB'],
    [100 * KB, 412 * KB, '100 of 412 KB'],
    [10 * MB, 2 * GB, '0.0 of 2.0 GB'],
    [3, 12, '3 of 12 bytes'],
  ])('%d of %d is %s', (done, total, text) => expect(formatBytesOf(done, total)).toBe(text));

  test('speed', () => expect(formatSpeed(46 * MB)).toBe('46.0 MB/s'));
});

test.each([
  [0, '0'],
  [27_415, '27,415'],
  [10_000_000, '10,000,000'],
])('count %d is %s', (n, text) => expect(formatCount(n)).toBe(text));

test.each([
  [0, 'item', undefined, '0 items'],
  [1, 'item', undefined, '1 item'],
  [142, 'item', undefined, '142 items'],
  [2, 'library', 'libraries', '2 libraries'],
])('%d %s', (n, one, many, text) => expect(formatPlural(n, one, many)).toBe(text));

test.each([
  [0, '0'],
  [0.82, '82'],
  [1, '100'],
  // a rest is a rest, and a beginning is a beginning
  [0.9999, '99'],
  [0.0001, '1'],
])('share %d is %s per cent after a narrow no-break space', (share, digits) =>
  expect(formatPercent(share)).toBe(`${digits}\u202f%`),
);

test.each([
  [0, '$0'],
  [0.004, 'under $0.01'],
  [0.04, '$0.04'],
  [18.3, '$18.30'],
  [19.994, '$19.99'],
  [19.996, '$20'],
  [20, '$20'],
  [3174.6, '$3,175'],
  [-2.5, '-$2.50'],
])('%d dollars are %s', (dollars, text) => expect(formatMoney(dollars)).toBe(text));

test.each([
  [0, '0 s'],
  [22.4, '22 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [125, '2 min'],
  [3_569, '59 min'],
  [3_571, '1 h'],
  [3 * 3_600, '3 h'],
  [86_399, '1 day'],
  [17 * 86_400, '17 days'],
])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

test.each([
  [3 * 3_600, 5 * 3_600, '3 to 5 h'],
  [3_600, 3_600, '1 h'],
  [86_400, 3 * 86_400, '1 to 3 days'],
  [1_800, 2 * 3_600, '30 min to 2 h'],
])('%d to %d seconds are %s', (from, to, text) => expect(formatDurationRange(from, to)).toBe(text));

test.each([
  [22, '22 s left'],
  [30, '30 s left'],
  [33, '35 s left'],
  [58, '1 min left'],
  [120, '2 min left'],
])('%d seconds: %s', (seconds, text) => expect(formatTimeLeft(seconds)).toBe(text));

test.each([
  [42_000, '0:42'],
  [727_000, '12:07'],
  [3_723_000, '1:02:03'],
  [400, '0:00'],
])('%d ms plays %s', (ms, text) => expect(formatPlayTime(ms)).toBe(text));
