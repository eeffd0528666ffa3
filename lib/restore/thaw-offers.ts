import type { ThawTier } from '#lib/operations/schema.ts';

/** How long a thaw takes and what it costs. Safe in a browser. */
export type ThawOffer = {
  tier: ThawTier;
  /** Seconds, from and to. */
  seconds: [number, number];
  /** Null: what the price sheet says for the class. */
  perGb: number | null;
  perRequest: number;
};

const HOUR = 3_600;

/** Times of the RestoreObject model, prices of us-east-1 (s3-facts 4.9, 4.10). Deep Archive has no Expedited. */
export const thawOffers: Record<'GLACIER' | 'DEEP_ARCHIVE', ThawOffer[]> = {
  GLACIER: [
    { tier: 'Expedited', seconds: [60, 300], perGb: 0.03, perRequest: 10 / 1_000 },
    { tier: 'Standard', seconds: [3 * HOUR, 5 * HOUR], perGb: null, perRequest: 0.05 / 1_000 },
    { tier: 'Bulk', seconds: [5 * HOUR, 12 * HOUR], perGb: 0, perRequest: 0 },
  ],
  DEEP_ARCHIVE: [
    { tier: 'Standard', seconds: [12 * HOUR, 12 * HOUR], perGb: null, perRequest: 0.1 / 1_000 },
    { tier: 'Bulk', seconds: [48 * HOUR, 48 * HOUR], perGb: 0.0025, perRequest: 0.025 / 1_000 },
  ],
};

/** Tiers that every archive class among these offers. */
export function tiersFor(classes: readonly string[]): ThawTier[] {
  const offers = classes.flatMap((name) => (name in thawOffers ? [thawOffers[name as keyof typeof thawOffers]] : []));
  return (['Expedited', 'Standard', 'Bulk'] as const).filter((tier) =>
    offers.every((list) => list.some((offer) => offer.tier === tier)),
  );
}
