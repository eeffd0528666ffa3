import { GB } from '#lib/cost/storage-price.ts';
import type { ThawWish } from '#lib/operations/schema.ts';
import type { PlanKind, RestoreRates } from './schema.ts';
import { thawOffers } from './thaw-offers.ts';

/** What somebody chose of one kind. */
export type ChosenKind = PlanKind & { chosen: { count: number; bytes: number } };
export type RestoreCost = {
  files: number;
  bytesToCopy: number;
  requests: number;
  /** Money, once: requests, reading of colder classes, thawing. */
  once: number;
  /** Money a month for the bytes that are added. */
  perMonth: number;
  /** Seconds of work, roughly, without a thaw. */
  seconds: number;
  /** Seconds that the slowest thaw takes, from and to; null without one. */
  thaw: [number, number] | null;
};

/** Look, look again, bring the index up to date: three listings a file, whatever is done in between. */
const looks = 3;
/** Files a second with 8 at once on a store that answers in 50 ms, and bytes a second that a store copies inside itself. Rough on purpose. */
const filesPerSecond = 30;
const bytesPerSecond = 100 * 1024 ** 2;

/**
 * What running the chosen part of a plan costs. Deleting, markers included, is free (s3-facts 4.11). The classes of a kind are taken in the
 * proportion of the whole kind.
 * @param thaw null: what is archived is left out
 */
export function planRestoreCost(kinds: readonly ChosenKind[], rates: RestoreRates, thaw: ThawWish | null): RestoreCost {
  const cost: RestoreCost = { files: 0, bytesToCopy: 0, requests: 0, once: 0, perMonth: 0, seconds: 0, thaw: null };
  for (const { kind, count, bytes, classes, chosen } of kinds) {
    if (kind === 'unavailable' || kind === 'conflict' || (kind === 'thaw' && !thaw)) continue;
    cost.files += chosen.count;
    // A marker is looked at once more before it goes.
    cost.requests += chosen.count * (looks + (kind === 'removeMarker' ? 2 : 1));
    cost.once += chosen.count * looks * rates.list;
    cost.seconds += chosen.count / filesPerSecond;
    if (kind !== 'copy' && kind !== 'thaw') continue;
    cost.bytesToCopy += chosen.bytes;
    cost.once += chosen.count * rates.copy;
    cost.perMonth += (chosen.bytes / GB) * rates.perGbMonth;
    cost.seconds += chosen.bytes / bytesPerSecond;
    for (const { storageClass, count: ofCount, bytes: ofBytes } of classes) {
      const part = { count: share(ofCount, chosen.count, count), bytes: share(ofBytes, chosen.bytes, bytes) };
      if (kind === 'copy') cost.once += (part.bytes / GB) * (rates.retrievalPerGb[storageClass] ?? 0);
      else if (thaw && part.count > 0) addThaw(cost, storageClass, part, rates, thaw);
    }
  }
  return cost;
}

const share = (of: number, chosen: number, whole: number) => (whole === 0 ? 0 : (of * chosen) / whole);

function addThaw(
  cost: RestoreCost,
  storageClass: string,
  part: { count: number; bytes: number },
  rates: RestoreRates,
  { tier, days }: ThawWish,
): void {
  const offer = thawOffers[storageClass as keyof typeof thawOffers]?.find((one) => one.tier === tier);
  if (!offer) return;
  const perGb = offer.perGb ?? rates.retrievalPerGb[storageClass] ?? 0;
  cost.requests += part.count;
  cost.once += (part.bytes / GB) * perGb + part.count * offer.perRequest;
  // The readable copy is billed as Standard while it lasts.
  cost.once += (part.bytes / GB) * rates.perGbMonth * (days / 30);
  const [from, to] = cost.thaw ?? [0, 0];
  cost.thaw = [Math.max(from, offer.seconds[0]), Math.max(to, offer.seconds[1])];
}
