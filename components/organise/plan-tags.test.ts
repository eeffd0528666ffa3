import { expect, it } from 'vitest';
import { offeredTags, sharedTags } from './plan-tags.ts';

it('counts how many files have a tag', () => {
  expect(sharedTags([{ tags: ['Sky', 'Sea'] }, { tags: ['Sea'] }, { tags: [] }])).toEqual([
    { name: 'Sea', count: 2 },
    { name: 'Sky', count: 1 },
  ]);
});

it.each([
  ['s', [], ['Sea', 'Sky', 'Waves']],
  ['SK', [], ['Sky']],
  ['s', ['sea'], ['Sky', 'Waves']],
  ['', ['Sky'], ['Sea', 'Waves']],
  ['none', [], []],
])('offers for %j without %j', (typed, taken, expected) => {
  expect(offeredTags(['Sea', 'Sky', 'Waves'], typed, taken)).toEqual(expected);
});
