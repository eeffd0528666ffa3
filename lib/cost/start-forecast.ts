import { DAY, type FateEvent, type FateKey } from '#lib/lifecycle/plan-fates.ts';
import type { Span } from './plan-forecast.ts';
import type { ForecastMonth, PriceSheet } from './schema.ts';
import { billedSize, priceOf } from './storage-price.ts';

/**
 * Of one class, by month. What stays a whole month is kept as a change from the month before (12 + 1), since most versions stay for all of
 * them: a million versions are a million additions in place of twelve million.
 */
type ClassSums = Record<'bytes' | 'billed' | 'objects', { changes: Float64Array; days: Float64Array }> & {
  moves: Float64Array;
  early: Float64Array;
};

/** Collects what keys store over the coming months; `months` may be asked for when all were added. */
export type ForecastSum = {
  /**
   * One key, if nobody touches it and lifecycle does what `events` say, in order of time (`planFates`). Objects that are in a cold class
   * already are taken to have been there long enough: when they entered it is not known.
   */
  add: (key: FateKey, events: FateEvent[]) => void;
  months: () => ForecastMonth[];
};

/** @param spans the months, one after the other without a gap */
export function startForecast(spans: Span[], prices: PriceSheet): ForecastSum {
  const sums = new Map<string, ClassSums>();
  const sumsOf = (name: string) => {
    const found = sums.get(name) ?? emptySums(spans.length);
    sums.set(name, found);
    return found;
  };
  const monthOf = (at: number) => spans.findIndex(({ from, until }) => from <= at && at < until);

  function addStay(storageClass: string, size: number, from: number, until: number): void {
    const billed = billedSize(priceOf(prices, storageClass), size);
    const own = sumsOf(storageClass);
    addTime(own.bytes, size, from, until);
    addTime(own.billed, billed.own, from, until);
    addTime(own.objects, 1, from, until);
    if (billed.standard > 0) addTime(sumsOf('STANDARD').billed, billed.standard, from, until);
  }

  function addTime({ changes, days }: ClassSums['bytes'], amount: number, from: number, until: number): void {
    let first = 0;
    while (first < spans.length && (spans[first] as Span).from < from) first += 1;
    let end = spans.length;
    while (end > 0 && (spans[end - 1] as Span).until > until) end -= 1;
    if (first < end) {
      changes[first] = (changes[first] as number) + amount;
      changes[end] = (changes[end] as number) - amount;
    }
    // At most two months are begun or left in the middle, or one is both.
    for (const index of first - 1 === end ? [end] : [first - 1, end]) {
      const span = spans[index];
      if (!span) continue;
      const part = (Math.min(until, span.until) - Math.max(from, span.from)) / DAY;
      if (part > 0) days[index] = (days[index] as number) + amount * part;
    }
  }

  /** An object that leaves a class early is billed for the rest of the minimum time, in the month when it leaves. */
  function addEarlyLeave(storageClass: string, size: number, stayed: number, month: number): void {
    const price = priceOf(prices, storageClass);
    const missing = price.minimumDays - stayed / DAY;
    if (missing <= 0 || month < 0) return;
    const { early } = sumsOf(storageClass);
    early[month] = (early[month] as number) + billedSize(price, size).own * missing;
  }

  return {
    add({ versions }, events) {
      for (const version of versions) {
        if (version.isDeleteMarker) continue;
        let { storageClass } = version;
        let entered = storageClass === 'STANDARD' ? version.modifiedAt : Number.NEGATIVE_INFINITY;
        let since = Number.NEGATIVE_INFINITY;
        for (const event of events) {
          if (event.versionId !== version.versionId || (event.action !== 'move' && event.action !== 'remove')) continue;
          const month = monthOf(event.at);
          addStay(storageClass, version.size, since, event.at);
          addEarlyLeave(storageClass, version.size, event.at - entered, month);
          since = event.action === 'remove' ? Number.POSITIVE_INFINITY : event.at;
          if (event.action === 'remove') break;
          storageClass = event.to;
          entered = event.at;
          const { moves } = sumsOf(event.to);
          if (month >= 0) moves[month] = (moves[month] as number) + 1;
        }
        if (since < Number.POSITIVE_INFINITY) addStay(storageClass, version.size, since, Number.POSITIVE_INFINITY);
      }
    },
    months: () => spans.map((_, index) => toMonth(sums, spans, index)),
  };
}

function emptySums(months: number): ClassSums {
  const amounts = () => ({ changes: new Float64Array(months + 1), days: new Float64Array(months) });
  return {
    bytes: amounts(),
    billed: amounts(),
    objects: amounts(),
    moves: new Float64Array(months),
    early: new Float64Array(months),
  };
}

function toMonth(sums: Map<string, ClassSums>, spans: Span[], index: number): ForecastMonth {
  const { month, from, until } = spans[index] as Span;
  const whole = ({ changes, days }: ClassSums['bytes']) =>
    (changes.subarray(0, index + 1).reduce((sum, change) => sum + change, 0) * (until - from)) / DAY +
    (days[index] as number);
  const of = (amountOf: (one: ClassSums) => number) =>
    Object.fromEntries(
      [...sums].map(([name, one]) => [name, amountOf(one)] as const).filter(([, amount]) => amount > 0),
    );
  return {
    month,
    byteDays: of(({ bytes }) => whole(bytes)),
    billedByteDays: of(({ billed }) => whole(billed)),
    objectDays: of(({ objects }) => whole(objects)),
    moves: of(({ moves }) => moves[index] as number),
    earlyByteDays: of(({ early }) => early[index] as number),
  };
}
