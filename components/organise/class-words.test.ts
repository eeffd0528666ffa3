import { describe, expect, it } from 'vitest';
import type { ClassChangeOffer } from '#lib/cost/schema.ts';
import { classOptions, offerFacts, refusalsOf } from './class-words.ts';

const offer = (storageClass: string, more: Partial<ClassChangeOffer> = {}): ClassChangeOffer => ({
  storageClass,
  refusal: null,
  byRule: false,
  count: 12,
  bytes: 2048,
  copying: 0.2,
  reading: 0.1,
  perMonth: 1.5,
  minimumDays: 0,
  padded: 0,
  archived: [],
  ...more,
});

describe('classOptions', () => {
  it.each([
    [{}, { hint: '$1.50 a month, $0.30 once' }],
    [
      { minimumDays: 30, padded: 2 },
      { hint: '$1.50 a month, $0.30 once, billed for 30 days at least, 2 small files billed larger than they are' },
    ],
    [{ count: 0 }, { disabledReason: 'All of it lies here already' }],
    [{ refusal: 'InvalidStorageClass' }, { disabledReason: 'Refused by this store' }],
    [
      { refusal: 'InvalidStorageClass', byRule: true },
      { disabledReason: 'Refused by this store. A lifecycle rule can move files here' },
    ],
  ])('%j', (more, expected) => {
    expect(classOptions([offer('STANDARD_IA', more)])).toEqual([{ storageClass: 'STANDARD_IA', ...expected }]);
  });

  it('has Reduced Redundancy only where the store takes it', () => {
    expect(classOptions([offer('REDUCED_REDUNDANCY', { refusal: 'no' })])).toEqual([]);
    expect(classOptions([offer('REDUCED_REDUNDANCY')])).toHaveLength(1);
  });
});

describe('offerFacts', () => {
  it('says what each figure is made of', () => {
    expect(offerFacts(offer('STANDARD_IA'), 2)).toBe(
      'Copies 12 files, 2 KB: $0.20 for requests, $0.10 for reading. Then $3.50 a month, the versions before included.',
    );
    expect(offerFacts(offer('STANDARD_IA', { reading: 0 }), 2)).toContain('$0.20 for requests. Then');
  });
});

it('tells what the store said, once', () => {
  const offers = ['no', null, 'no', 'other'].map((refusal) => offer('GLACIER', { refusal }));
  expect(refusalsOf(offers)).toEqual(['no', 'other']);
});
