import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planCost } from './plan-cost.ts';
import { pricesUsEast1 as prices } from './prices-us-east-1.ts';
import { priceSheet, type UsageRow, versionAges } from './schema.ts';
import { billedSize, GB, priceOf, tieredPrice } from './storage-price.ts';

const row = (values: Partial<UsageRow>): UsageRow => ({
  folder: 'photos/',
  kind: 'image',
  storageClass: 'STANDARD',
  age: 'live',
  count: 1,
  bytes: 0,
  billedBytes: values.bytes ?? 0,
  ...values,
});

describe('the prices that ship', () => {
  it('are a valid sheet', () => {
    expect(priceSheet.parse(prices)).toEqual(prices);
  });

  it.each([
    ['a gigabyte in Standard', 'STANDARD', GB, 0.023],
    ['the first tier to its end', 'STANDARD', 50 * 1024 * GB, 50 * 1024 * 0.023],
    ['over into the second', 'STANDARD', 51 * 1024 * GB, 50 * 1024 * 0.023 + 1024 * 0.022],
    ['into the third', 'STANDARD', 600 * 1024 * GB, 50 * 1024 * 0.023 + 450 * 1024 * 0.022 + 100 * 1024 * 0.021],
    ['a terabyte in Deep Archive', 'DEEP_ARCHIVE', 1024 * GB, 1024 * 0.00099],
    ['nothing', 'GLACIER', 0, 0],
  ])('%s', (_, storageClass, bytes, expected) => {
    expect(tieredPrice(priceOf(prices, storageClass), bytes)).toBeCloseTo(expected, 9);
  });

  it.each([
    ['a small file in Standard-IA counts as 128 KB', 'STANDARD_IA', 1000, { own: 131072, standard: 0 }],
    ['an archived one brings its index along', 'GLACIER', 1000, { own: 1000 + 32768, standard: 8192 }],
    ['Standard bills what there is', 'STANDARD', 1000, { own: 1000, standard: 0 }],
  ])('%s', (_, storageClass, size, billed) => {
    expect(billedSize(priceOf(prices, storageClass), size)).toEqual(billed);
  });

  it('bill a class that they do not name as Standard', () => {
    expect(priceOf(prices, 'MY_TIER')).toBe(prices.classes.STANDARD);
  });
});

describe('planCost', () => {
  it('adds the overhead of archives and the fee for watching', () => {
    const archived = planCost([row({ storageClass: 'GLACIER', count: 1000, bytes: GB })], prices);
    expect(archived.perMonth).toBeCloseTo(((GB + 1000 * 32768) / GB) * 0.0036 + ((1000 * 8192) / GB) * 0.023, 9);
    const watched = planCost([row({ storageClass: 'INTELLIGENT_TIERING', count: 4000, bytes: GB })], prices);
    expect(watched.perMonth).toBeCloseTo(0.023 + 4 * 0.0025, 9);
  });

  it('says what the price of a class is the sum of', () => {
    const rows = [
      row({ storageClass: 'STANDARD_IA', count: 10, bytes: 1000, billedBytes: 10 * 131072 }),
      row({ storageClass: 'GLACIER', count: 2, bytes: GB }),
      row({ storageClass: 'INTELLIGENT_TIERING', count: 4000, bytes: GB }),
    ];
    const { byClass, perMonth } = planCost(rows, prices);
    const of = (name: string) => byClass.find((line) => line.name === name);
    expect(of('STANDARD_IA')).toMatchObject({ paddingBytes: 10 * 131072 - 1000, overheadBytes: 0, watching: 0 });
    expect(of('GLACIER')).toMatchObject({ paddingBytes: 0, overheadBytes: 65536, overheadStandardBytes: 16384 });
    expect(of('INTELLIGENT_TIERING')?.watching).toBeCloseTo(0.01, 9);
    const sum = byClass.reduce(
      (all, { bytes, paddingBytes, overheadBytes, overheadStandardBytes, perGb, watching }) => {
        const own = ((bytes + paddingBytes + overheadBytes) / GB) * perGb;
        return all + own + (overheadStandardBytes / GB) * 0.023 + watching;
      },
      0,
    );
    expect(sum).toBeCloseTo(perMonth, 9);
  });

  it('says what each folder spends on live files, old versions and trash', () => {
    const cost = planCost(
      [row({ bytes: GB }), row({ age: 'old', bytes: 2 * GB }), row({ folder: 'b/', bytes: GB })],
      prices,
    );
    expect(cost.byFolder.map(({ name }) => name)).toEqual(['photos/', 'b/']);
    expect(cost.byFolder[0]?.byAge).toMatchObject({
      live: expect.closeTo(0.023),
      old: expect.closeTo(0.046),
      trash: 0,
    });
  });

  it('never loses a cent: every view adds up to the whole', () => {
    const any = fc.record({
      folder: fc.constantFrom('a/', 'b/', ''),
      kind: fc.constantFrom('image', 'video'),
      storageClass: fc.constantFrom(...Object.keys(prices.classes), 'UNKNOWN'),
      age: fc.constantFrom(...versionAges),
      count: fc.nat(10_000),
      bytes: fc.integer({ min: 0, max: 1e15 }),
    });
    fc.assert(
      fc.property(fc.array(any), (drawn) => {
        const cost = planCost(
          drawn.map((one) => row(one)),
          prices,
        );
        for (const view of [cost.byClass, cost.byFolder, cost.byKind, cost.byAge]) {
          const sum = view.reduce((total, line) => total + line.perMonth, 0);
          expect(Math.abs(sum - cost.perMonth)).toBeLessThanOrEqual(1e-9 * Math.max(1, cost.perMonth));
        }
        for (const folder of cost.byFolder) {
          const ages = Object.values(folder.byAge).reduce((total, one) => total + one, 0);
          expect(Math.abs(ages - folder.perMonth)).toBeLessThanOrEqual(1e-9 * Math.max(1, folder.perMonth));
        }
      }),
    );
  });
});
