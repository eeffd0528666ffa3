import { expect, test } from 'vitest';
import { findTemplateProblem, hasPlaceholder, resolveTemplate } from './destination-template.ts';

const march = new Date(2026, 2, 5, 23, 30).getTime();

test.each([
  ['photos/{yyyy}/{mm}/', march, 'photos/2026/03/'],
  ['{yyyy}-{mm}-{dd}/', march, '2026-03-05/'],
  ['photos/', march, 'photos/'],
  ['', march, ''],
  ['a{yyyy}b{yyyy}/', march, 'a2026b2026/'],
  ['{yyyy}/', new Date(1969, 6, 20).getTime(), '1969/'],
  ['{yyyy}/{mm}/', new Date(2026, 0, 1, 0, 0).getTime(), '2026/01/'],
  ['{yyyy}/{mm}/{dd}/', new Date(2026, 11, 31, 23, 59).getTime(), '2026/12/31/'],
  ['früh {mm}/', march, 'früh 03/'],
])('%s', (template, time, expected) => {
  expect(resolveTemplate(template, time)).toBe(expected);
});

test('a file without a usable time counts as changed now', () => {
  expect(resolveTemplate('{yyyy}/', Number.NaN)).toBe(`${new Date().getFullYear()}/`);
});

test.each([
  ['photos/{yyyy}/', null],
  ['', null],
  ['/photos/', 'slash'],
  ['photos', 'end it with a slash'],
  ['a//b/', 'two slashes'],
  ['../x/', '..'],
  ['{year}/', '{year} is not known'],
  ['{yyyy/', '{yyyy is not known'],
])('problem of %s', (template, problem) => {
  const found = findTemplateProblem(template);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});

test('hasPlaceholder', () => {
  expect(hasPlaceholder('a/{dd}/')).toBe(true);
  expect(hasPlaceholder('a/')).toBe(false);
});
