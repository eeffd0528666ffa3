import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { CompiledRule } from '#lib/lifecycle/compile-rules.ts';
import { type MinimumSize, nextMidnight, planFates } from '#lib/lifecycle/plan-fates.ts';
import { walkKeys } from '#lib/lifecycle/walk-keys.ts';
import { forecastSpans } from './plan-forecast.ts';
import type { ForecastMonth, PriceSheet } from './schema.ts';
import { startForecast } from './start-forecast.ts';

export type CostForecast = {
  asIs: ForecastMonth[];
  withRules: ForecastMonth[];
  now: number;
  progress: number;
  nextCursor: string | null;
};

/**
 * What the next part of a library stores over the next twelve calendar months under the rules as they are and under others, from the index.
 * @throws AppError invalid_request (cursor), store_unavailable (tags)
 */
export async function countForecast(
  library: LibraryContext,
  { asIs, withRules }: { asIs: CompiledRule[]; withRules: CompiledRule[] },
  { cursor, minimumSize, prices }: { cursor: string | undefined; minimumSize: MinimumSize; prices: PriceSheet },
): Promise<CostForecast> {
  const { keys, now, progress, nextCursor } = await walkKeys(library, cursor, [...asIs, ...withRules]);
  const spans = forecastSpans(now);
  const options = { from: nextMidnight(now), until: spans.at(-1)?.until ?? now, minimumSize };
  const monthsUnder = (rules: CompiledRule[]) => {
    const sum = startForecast(spans, prices);
    for (const key of keys) sum.add(key, planFates(key, rules, options));
    return sum.months();
  };
  return { asIs: monthsUnder(asIs), withRules: monthsUnder(withRules), now, progress, nextCursor };
}
