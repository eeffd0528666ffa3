import type { Actor } from '#lib/auth/actor.ts';
import { compileRules } from '#lib/lifecycle/compile-rules.ts';
import { planDocument } from '#lib/lifecycle/plan-document.ts';
import { readLifecycle } from '#lib/lifecycle/read-lifecycle.ts';
import type { LifecycleRule } from '#lib/lifecycle/schema.ts';
import { type CostForecast, countForecast } from './count-forecast.ts';
import { requirePrices } from './require-prices.ts';

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
  return countForecast(library, { asIs, withRules }, { cursor: input.cursor, minimumSize, prices });
}
