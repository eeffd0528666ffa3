import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { CompiledRule } from '#lib/lifecycle/compile-rules.ts';
import { type MinimumSize, nextMidnight, planFates } from '#lib/lifecycle/plan-fates.ts';
import { walkKeys } from '#lib/lifecycle/walk-keys.ts';
import { addToForecast, emptyForecast, forecastSpans } from './plan-forecast.ts';
import type { ForecastMonth, PriceSheet } from './schema.ts';

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
    const months = emptyForecast(spans);
    for (const key of keys) addToForecast(months, spans, key, planFates(key, rules, options), prices);
    return months;
  };
  return { asIs: monthsUnder(asIs), withRules: monthsUnder(withRules), now, progress, nextCursor };
}
