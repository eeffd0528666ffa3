import * as z from 'zod';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { isBehindCloudFront } from '#lib/storage/cloudfront.ts';
import { planCost } from './plan-cost.ts';
import { planRunning } from './plan-running.ts';
import { requestMeasure } from './request-measure.ts';
import { requirePrices } from './require-prices.ts';
import {
  type CostView,
  type Leftovers,
  leftovers,
  measuredRequests,
  monthlyUse,
  type PriceSheet,
  usageRow,
} from './schema.ts';
import { priceOf, tieredPrice } from './storage-price.ts';

/**
 * What a library costs to keep, as last measured by the worker. `cost` is null before the first time: then it is being measured.
 * @throws AppError not_found, forbidden
 */
export async function getCost(
  actor: Actor,
  input: { library: string },
): Promise<{ cost: CostView | null; prices: PriceSheet; ownPrices: boolean }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const [{ prices, own }, kept, { monthlyUse: use }] = await Promise.all([
    requirePrices(library.id),
    db().usageSnapshot.findUnique({ where: { libraryId: library.id } }),
    db().library.findUniqueOrThrow({ where: { id: library.id }, select: { monthlyUse: true } }),
  ]);
  if (!kept) {
    await requestMeasure(db(), library.id);
    return { cost: null, prices, ownPrices: own };
  }
  const cost = planCost(z.array(usageRow).parse(kept.rows), prices);
  return {
    cost: {
      measuredAt: kept.measuredAt.toISOString(),
      ...cost,
      leftovers: priceLeftovers(leftovers.parse(kept.leftovers), prices, library.capabilities.product === 'minio'),
      running: planRunning(
        {
          measured: kept.requests === null ? nothingDone : measuredRequests.parse(kept.requests),
          versions: cost.byClass.reduce((sum, { count }) => sum + count, 0),
          byClass: cost.byClass,
          use: use === null ? null : monthlyUse.parse(use),
          viaCloudFront: isBehindCloudFront(library.bucket),
        },
        prices,
      ),
    },
    prices,
    ownPrices: own,
  };
}

/** Of a snapshot from before requests were counted. */
const nothingDone = { singles: 0, multiparts: 0, parts: 0, items: 0, copies: 0 };

/** Parts are billed as Standard until the upload is completed. A delete marker is billed for its name only: nothing to speak of. */
function priceLeftovers(
  { uploads, markers, unknown }: Leftovers,
  prices: PriceSheet,
  sinceStart: boolean,
): CostView['leftovers'] {
  const perMonth = tieredPrice(priceOf(prices, 'STANDARD'), uploads.bytes);
  return {
    uploads: { name: 'uploads', ...uploads, perMonth, sinceStart },
    markers: { name: 'markers', count: markers.count, bytes: 0, perMonth: 0 },
    unknown: { name: 'unknown', ...unknown, perMonth: tieredPrice(priceOf(prices, 'STANDARD'), unknown.bytes) },
  };
}
