import { expect, it } from 'vitest';
import { ApiError } from '#lib/http/api-client.ts';
import { sayProblem } from './use-saving.ts';

it('says the sentence of the API, and the fields that it names', () => {
  const problem = { code: 'invalid_request', status: 400, detail: 'Some fields are wrong.' } as const;
  expect(sayProblem(new ApiError(problem))).toBe('Some fields are wrong.');
  const errors = [
    { path: 'prices.date', message: 'is no date' },
    { path: 'prices.perGb', message: 'is below 0' },
  ];
  expect(sayProblem(new ApiError({ ...problem, errors }))).toBe(
    'Some fields are wrong. prices.date is no date; prices.perGb is below 0.',
  );
});

it('hides no fault of ours as a sentence', () => {
  const fault = new TypeError('x is undefined');
  expect(() => sayProblem(fault)).toThrow(fault);
});
