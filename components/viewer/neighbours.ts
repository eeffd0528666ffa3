import { isAsset } from '#components/browse/entry-key.ts';
import type { Listing } from '#components/browse/listing.ts';

/** The file at a place of a listing and those beside it; folders, which stand first, are not counted. */
export function neighbours(listing: Listing, index: number) {
  const assetAt = (at: number) => {
    const entry = index === -1 ? undefined : listing.at(at);
    return entry && isAsset(entry) ? entry : null;
  };
  return {
    before: assetAt(index - 1),
    entry: assetAt(index),
    after: assetAt(index + 1),
    number: index - listing.folders + 1,
    count: listing.count - listing.folders,
  };
}
