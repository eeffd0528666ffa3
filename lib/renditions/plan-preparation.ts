import type { PriceSheet } from '#lib/cost/schema.ts';
import { GB, priceOf } from '#lib/cost/storage-price.ts';
import type { Preparation } from './schema.ts';

/** Files of one storage class that nobody looked into yet, with what reading them takes at most. */
export type UnreadFiles = {
  storageClass: string;
  files: number;
  bytes: number;
  /** GETs. */
  reads: number;
  /** Pictures that may come of it: a thumbnail each, and a preview of most pictures, films and documents. */
  pictures: number;
  archived: boolean;
};

/**
 * What it takes to look into all files of a library that nobody looked into, and what the store charges for it. An upper bound: what a file is
 * shows only when its first bytes were read. Archived files are left out; they would have to be thawed first.
 * @param estimated from a sample: counts are rounded, so that they promise no more than it knows
 */
export function planPreparation(unread: UnreadFiles[], prices: PriceSheet, estimated = false): Preparation {
  const plan: Preparation = { files: 0, archived: 0, bytes: 0, requests: 0, cost: 0, traffic: 0, estimated };
  for (const { storageClass, files, bytes, reads, pictures, archived } of unread) {
    if (archived) {
      plan.archived += files;
      continue;
    }
    const { getPer1000, retrievalPerGb } = priceOf(prices, storageClass);
    // The pictures lie in a bucket of their own, in the standard class.
    const { putPer1000 } = priceOf(prices, 'STANDARD');
    plan.files += files;
    plan.bytes += bytes;
    plan.requests += reads + pictures;
    plan.cost += (reads * getPer1000 + pictures * putPer1000) / 1000 + (bytes / GB) * retrievalPerGb;
  }
  plan.traffic = (plan.bytes / GB) * prices.egressPerGb;
  if (estimated)
    for (const count of ['files', 'archived', 'bytes', 'requests'] as const) plan[count] = roughly(plan[count]);
  return plan;
}

/** To two digits. */
const roughly = (count: number) => Number(count.toPrecision(2));
