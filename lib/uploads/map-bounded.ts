import { inLanes } from '#lib/operations/in-lanes.ts';

/** The results of `work` on each item, in the order of the items, with at most `limit` at once. Fails as `inLanes` does. */
export async function mapBounded<T, R>(items: T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  await inLanes(items.entries(), limit, async ([at, item]) => {
    results[at] = await work(item);
  });
  return results;
}
