import type { Actor } from '#lib/auth/actor.ts';
import { type CompiledRule, compileRules } from '#lib/lifecycle/compile-rules.ts';
import { planDocument } from '#lib/lifecycle/plan-document.ts';
import { nextMidnight, planFates } from '#lib/lifecycle/plan-fates.ts';
import { readLifecycle } from '#lib/lifecycle/read-lifecycle.ts';
import type { LifecycleRule } from '#lib/lifecycle/schema.ts';
import { walkKeys } from '#lib/lifecycle/walk-keys.ts';
import { addToForecast, emptyForecast, forecastSpans } from './plan-forecast.ts';
import { requirePrices } from './require-prices.ts';
import type { ForecastMonth } from './schema.ts';

export type CostForecast = {
  asIs: ForecastMonth[];
  withRules: ForecastMonth[];
  now: number;
  progress: number;
  nextCursor: string | null;
};

/**
 * What storing will come to over the next twelve calendar months, as the bucket's rules are and with the given ones in their place,
 * part by part from the index. New uploads are not guessed.
 * @throws AppError not_found, forbidden, store_unavailable, invalid_request (cursor)
 */
export async function forecastCost(
  actor: Actor,
  input: { library: string; rules: LifecycleRule[]; cursor?: string | undefined },
): Promise<CostForecast> {
  const { library, stored, context, minimumSize } = await readLifecycle(actor, input.library);
  const { prices } = await requirePrices(library.id);
  const asIs = compileRules(stored.rules);
  const withRules = compileRules(planDocument(stored.rules, input.rules, context));
  const { keys, now, progress, nextCursor } = await walkKeys(library, input.cursor, [...asIs, ...withRules]);
  const spans = forecastSpans(now);
  const options = { from: nextMidnight(now), until: spans.at(-1)?.until ?? now, minimumSize };
  const monthsUnder = (rules: CompiledRule[]) => {
    const months = emptyForecast(spans);
    for (const key of keys) addToForecast(months, spans, key, planFates(key, rules, options), prices);
    return months;
  };
  return {
    asIs: monthsUnder(asIs),
    withRules: monthsUnder(withRules),
    now,
    progress,
    nextCursor,
  };
}
