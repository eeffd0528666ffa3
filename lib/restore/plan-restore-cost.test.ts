import { describe, expect, it } from 'vitest';
import { type ChosenKind, planRestoreCost } from './plan-restore-cost.ts';
import type { RestoreRates } from './schema.ts';
import { tiersFor } from './thaw-offers.ts';

const GB = 2 ** 30;
const rates: RestoreRates = {
  currency: 'USD',
  sheet: 'test',
  asOf: '2026-11-22',
  list: 0.000005,
  copy: 0.000005,
  perGbMonth: 0.023,
  retrievalPerGb: { STANDARD: 0, STANDARD_IA: 0.01, GLACIER: 0.01, DEEP_ARCHIVE: 0.02 },
};
const kind = (of: Partial<ChosenKind> & Pick<ChosenKind, 'kind'>): ChosenKind => {
  const whole = { count: 0, bytes: 0, classes: [], ...of };
  return { ...whole, chosen: of.chosen ?? { count: whole.count, bytes: whole.bytes } };
};

describe('planRestoreCost', () => {
  it('charges listings and copies, and nothing for markers but the looks', () => {
    const copy = kind({
      kind: 'copy',
      count: 1_000,
      bytes: GB,
      classes: [{ storageClass: 'STANDARD', count: 1_000, bytes: GB }],
    });
    expect(planRestoreCost([copy], rates, null)).toMatchObject({
      files: 1_000,
      requests: 4_000,
      bytesToCopy: GB,
      perMonth: 0.023,
    });
    expect(planRestoreCost([copy], rates, null).once).toBeCloseTo(0.02);
    const markers = planRestoreCost([kind({ kind: 'addMarker', count: 1_000, bytes: GB })], rates, null);
    expect(markers).toMatchObject({ files: 1_000, bytesToCopy: 0, perMonth: 0 });
    expect(markers.once).toBeCloseTo(0.015);
    expect(planRestoreCost([kind({ kind: 'removeMarker', count: 10 })], rates, null).requests).toBe(50);
  });

  it('falls with what is unticked, and leaves out what cannot be done', () => {
    const classes = [
      { storageClass: 'STANDARD', count: 1, bytes: GB },
      { storageClass: 'STANDARD_IA', count: 1, bytes: GB },
    ];
    const copy = kind({ kind: 'copy', count: 2, bytes: 2 * GB, classes, chosen: { count: 1, bytes: GB } });
    const cost = planRestoreCost([copy, kind({ kind: 'unavailable', count: 9, bytes: GB })], rates, null);
    expect(cost).toMatchObject({ files: 1, bytesToCopy: GB });
    // Half of it is read from Infrequent Access.
    expect(cost.once).toBeCloseTo(0.005 + 4 * 0.000005);
  });

  it('counts archived files only with a thaw, by its tier, and says how long it takes', () => {
    const classes = [
      { storageClass: 'GLACIER', count: 1_000, bytes: 10 * GB },
      { storageClass: 'DEEP_ARCHIVE', count: 1_000, bytes: 10 * GB },
    ];
    const thaw = kind({ kind: 'thaw', count: 2_000, bytes: 20 * GB, classes });
    expect(planRestoreCost([thaw], rates, null)).toMatchObject({ files: 0, once: 0, thaw: null });
    const standard = planRestoreCost([thaw], rates, { tier: 'Standard', days: 30 });
    expect(standard.thaw).toEqual([12 * 3_600, 12 * 3_600]);
    const requests = 2_000 * 4 * 0.000005;
    // 0.01 and 0.02 a GB, 0.05 and 0.10 a thousand, and a month of Standard for the readable copies.
    expect(standard.once).toBeCloseTo(requests + 0.1 + 0.2 + 0.05 + 0.1 + 20 * 0.023);
    const bulk = planRestoreCost([thaw], rates, { tier: 'Bulk', days: 30 });
    expect(bulk.once).toBeCloseTo(requests + 0.025 + 0.025 + 20 * 0.023);
    expect(bulk.thaw).toEqual([48 * 3_600, 48 * 3_600]);
  });
});

it.each([
  [['GLACIER'], ['Expedited', 'Standard', 'Bulk']],
  [['DEEP_ARCHIVE'], ['Standard', 'Bulk']],
  [
    ['GLACIER', 'DEEP_ARCHIVE'],
    ['Standard', 'Bulk'],
  ],
])('%j offers %j', (classes, tiers) => {
  expect(tiersFor(classes)).toEqual(tiers);
});
