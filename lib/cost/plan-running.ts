import type { MeasuredRequests, MonthlyUse, PriceSheet, RunningCost } from './schema.ts';
import { GB, priceOf } from './storage-price.ts';

/** Every bucket is compared with its index each hour (lib/jobs/definitions.ts), 1,000 versions a listing. */
const COMPARISONS_A_MONTH = 24 * 30;
const VERSIONS_A_LISTING = 1_000;
/** A single upload: PUT, HEAD. One in parts: create and complete beside its parts, a listing of the parts, HEAD. */
const MULTIPART_WRITES = 3;
/** Look, look again, bring the index up to date. */
const LISTINGS_A_CHANGE = 3;

export type RunningInput = {
  measured: MeasuredRequests;
  /** Versions that the bucket holds. */
  versions: number;
  /** Bytes by storage class: what is read is taken to lie spread as all is. */
  byClass: { name: string; bytes: number }[];
  /** Null: nobody has said what is read. */
  use: MonthlyUse | null;
  viaCloudFront: boolean;
};

/**
 * What a library costs a month beside storing: requests as in the last 30 days, and reading and traffic as an admin expects them. Deleting is free
 * (s3-facts 4.11), and so are bytes from S3 to CloudFront. Free allowances are those of a whole account and not taken off.
 */
export function planRunning(input: RunningInput, prices: PriceSheet): RunningCost {
  const { measured, use, viaCloudFront } = input;
  const standard = priceOf(prices, 'STANDARD');
  const put = standard.putPer1000 / 1_000;
  const get = standard.getPer1000 / 1_000;
  const list = prices.listPer1000 / 1_000;

  const writes = measured.singles + measured.parts + measured.multiparts * MULTIPART_WRITES;
  const uploads = measured.singles + measured.multiparts;
  const listings = measured.items * LISTINGS_A_CHANGE;
  const comparisons = Math.ceil(input.versions / VERSIONS_A_LISTING) * COMPARISONS_A_MONTH;
  const lines: RunningCost['lines'] = [
    { name: 'uploads', count: uploads, requests: writes + uploads, bytes: 0, perMonth: writes * put + uploads * get },
    {
      name: 'changes',
      count: measured.items,
      requests: measured.copies + listings,
      bytes: 0,
      perMonth: measured.copies * put + listings * list,
    },
    { name: 'comparing', count: COMPARISONS_A_MONTH, requests: comparisons, bytes: 0, perMonth: comparisons * list },
  ];
  let cloudFrontSaves: number | null = null;
  if (use) {
    const gigabytes = use.bytes / GB;
    const perGb = viaCloudFront ? (prices.cloudFrontPerGb ?? prices.egressPerGb) : prices.egressPerGb;
    lines.push(
      {
        name: 'reading',
        count: use.downloads,
        requests: use.downloads,
        bytes: use.bytes,
        perMonth: readingPrice(use, input.byClass, prices),
      },
      { name: 'traffic', count: use.downloads, requests: 0, bytes: use.bytes, perMonth: gigabytes * perGb },
    );
    if (prices.cloudFrontPerGb !== null) cloudFrontSaves = gigabytes * (prices.egressPerGb - prices.cloudFrontPerGb);
  }
  return {
    lines,
    perMonth: lines.reduce((sum, { perMonth }) => sum + perMonth, 0),
    use,
    viaCloudFront,
    cloudFrontSaves,
  };
}

/**
 * Price of what is read a month: a request a download, and what colder classes charge for reading, where what is read lies spread over the classes as all
 * bytes do. Safe in a browser.
 */
export function readingPrice(
  use: MonthlyUse,
  byClass: readonly { name: string; bytes: number }[],
  prices: PriceSheet,
): number {
  const total = byClass.reduce((sum, { bytes }) => sum + bytes, 0);
  const shares =
    total === 0 ? [] : byClass.map(({ name, bytes }) => ({ price: priceOf(prices, name), share: bytes / total }));
  const perGb = shares.reduce((sum, { price, share }) => sum + share * price.retrievalPerGb, 0);
  const perRequest = shares.reduce((sum, { price, share }) => sum + (share * price.getPer1000) / 1_000, 0);
  return use.downloads * perRequest + (use.bytes / GB) * perGb;
}
