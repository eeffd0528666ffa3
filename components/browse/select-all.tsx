'use client';

import { formatCount, formatPlural } from '#components/ui/format.ts';
import { allOf } from './selection.ts';
import type { Collection } from './use-collection.ts';

/** After "select all" where not everything is known: the rest is a step of its own, with its count. */
export function SelectAll({ collection }: { collection: Collection }) {
  const { listing, chosen, selection } = collection;
  const all = allOf(listing);
  if (!selection.allKnown || chosen.count >= all.count) return null;
  return (
    <span
      data-note=""
      className="border-l border-inverse-line px-3 text-meta whitespace-nowrap max-sm:absolute max-sm:inset-x-0 max-sm:bottom-full max-sm:border-0 max-sm:border-b max-sm:bg-inverse max-sm:text-center"
    >
      <button type="button" onClick={collection.whole} className="rounded-1 underline underline-offset-2 max-sm:h-11">
        Select all {all.asQuery ? formatPlural(all.count, 'file') : formatCount(all.count)}
      </button>
    </span>
  );
}
