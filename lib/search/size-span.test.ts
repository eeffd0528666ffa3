import { expect, it } from 'vitest';
import { parseSizeSpan } from './size-span.ts';

it.each<[string, ReturnType<typeof parseSizeSpan>]>([
  ['..1MB', { min: null, max: 1_048_575 }],
  ['1MB..10MB', { min: 1_048_576, max: 10_485_759 }],
  ['1 GB ..', { min: 1_073_741_824, max: null }],
  ['1.5kb..2kb', { min: 1_536, max: 2_047 }],
  ['..', null],
  ['1MB', null],
  ['2MB..1MB', null],
  ['0b..0b', null],
  ['x..1MB', null],
])('%s', (text, span) => {
  expect(parseSizeSpan(text)).toEqual(span);
});
