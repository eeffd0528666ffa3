import { describe, expect, it } from 'vitest';
import { planClassChange, sumClasses } from './plan-class-change.ts';
import { pricesUsEast1 as prices } from './prices-us-east-1.ts';
import { GB } from './storage-price.ts';

const file = (size: number, storageClass = 'STANDARD') => ({ size, storageClass });
/** A copy and three listings, in dollars. */
const copying = (putPer1000: number) => (putPer1000 + 3 * 0.005) / 1000;

describe('planClassChange', () => {
  it.each([
    ['STANDARD_IA', copying(0.01), 0.0125, 30],
    ['GLACIER_IR', copying(0.02), 0.004, 90],
    // 32 KB more in the archive and 8 KB in Standard.
    ['DEEP_ARCHIVE', copying(0.05), 0.00099 + (0.00099 * 32 + 0.023 * 8) / 1024 ** 2, 180],
  ])('into %s: requests once, the copies a month', (target, once, perMonth, minimumDays) => {
    const offer = planClassChange([file(GB)], target, prices);
    expect(offer).toMatchObject({ storageClass: target, count: 1, bytes: GB, reading: 0, minimumDays, archived: [] });
    expect(offer.copying).toBeCloseTo(once, 12);
    expect(offer.perMonth).toBeCloseTo(perMonth, 12);
  });

  it('bills reading out of classes that charge for it, and leaves archived ones to the thaw', () => {
    const offer = planClassChange(
      [file(GB, 'STANDARD_IA'), file(2 * GB, 'GLACIER'), file(GB, 'GLACIER'), file(GB)],
      'STANDARD',
      prices,
    );
    expect(offer).toMatchObject({ count: 3, bytes: 4 * GB });
    expect(offer.reading).toBeCloseTo(0.01, 12);
    expect(offer.archived).toEqual([{ storageClass: 'GLACIER', count: 2, bytes: 3 * GB }]);
  });

  it('says how many are billed larger than they are', () => {
    const sizes = [file(1), file(128 * 1024 - 1), file(128 * 1024)];
    expect(planClassChange(sizes, 'STANDARD_IA', prices)).toMatchObject({
      padded: 2,
      perMonth: expect.closeTo((3 * 128 * 1024 * 0.0125) / GB, 12),
    });
    expect(planClassChange(sizes, 'GLACIER', prices).padded).toBe(3);
    expect(planClassChange(sizes, 'INTELLIGENT_TIERING', prices).padded).toBe(0);
  });
});

describe('sumClasses', () => {
  it('says where files lie, the most bytes first, and what that costs', () => {
    const now = sumClasses([file(GB, 'STANDARD_IA'), file(GB), file(GB)], prices);
    expect(now.classes).toEqual([
      { storageClass: 'STANDARD', count: 2, bytes: 2 * GB },
      { storageClass: 'STANDARD_IA', count: 1, bytes: GB },
    ]);
    expect(now.perMonth).toBeCloseTo(2 * 0.023 + 0.0125, 12);
  });
});
