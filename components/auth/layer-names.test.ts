import { expect, test } from 'vitest';
import { layerNames } from './layer-names.ts';

test.each([
  ['2026-11-23', ['Today', 'This week', 'October', 'Summer 2026', '2025', 'Earlier']],
  ['2027-01-05', ['Today', 'This week', 'December', 'Summer 2026', '2025', 'Earlier']],
  ['2027-08-30', ['Today', 'This week', 'July', 'Summer 2026', '2025', 'Earlier']],
  ['2027-10-01', ['Today', 'This week', 'September', 'Summer 2027', '2026', 'Earlier']],
])('on %s', (day, expected) => expect(layerNames(new Date(`${day}T12:00:00Z`))).toEqual(expected));
