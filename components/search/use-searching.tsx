'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { returnTo } from '#components/browse/use-place.ts';
import { useShortcut } from '#components/shell/shortcuts.ts';
import { formatCount } from '#components/ui/format.ts';
import { onDemand } from '#components/ui/on-demand.tsx';
import type { EntrySort } from '#lib/assets/schema.ts';
import { rememberSearch } from './recent-searches.ts';
import { type DateFilter, useFilters } from './use-filters.ts';
import { useSearch } from './use-search.ts';
import { useSearchUrl } from './use-search-url.ts';

const DatesDialog = onDemand(() => import('./dates-dialog.tsx').then((part) => part.DatesDialog));

/**
 * The search over a folder: what is sought, what was found, and what opens and closes it. While it is open its field stands in the bar; once
 * something is sought its results stand where the entries were.
 * @param place.here the address of the folder itself, to which closing returns
 */
export function useSearching(place: {
  library: string;
  folder: string;
  folderName: string;
  sort: EntrySort;
  here: string;
  /** The moment among whose files is sought; null: now. */
  at: string | null;
}) {
  const { library, folder, folderName, sort, here, at } = place;
  const router = useRouter();
  const url = useSearchUrl();
  const { address } = url;
  const isOpen = address.q !== null;
  const search = useSearch(url, { library, folder, sort, at });
  const field = useRef<HTMLInputElement>(null);
  // Opening was a step of its own, so that Back closes; an address that came with a search had none.
  const stepped = useRef(false);
  const opening = useRef(false);

  const open = () => {
    if (isOpen) {
      field.current?.focus();
      field.current?.select();
      return;
    }
    stepped.current = true;
    opening.current = true;
    url.open();
  };
  useEffect(() => {
    if (isOpen && opening.current) field.current?.focus();
    opening.current = false;
    if (!isOpen) stepped.current = false;
  }, [isOpen]);

  const remember = useCallback(() => rememberSearch(library, address.q ?? ''), [library, address.q]);
  const close = () => {
    remember();
    if (stepped.current) return router.back();
    returnTo(here);
    url.close();
  };
  useShortcut('search', open);
  useShortcut('clear', () => {
    if (!isOpen) return false;
    close();
  });

  const [dates, setDates] = useState<DateFilter | null>(null);
  const filters = useFilters(library, url, setDates);
  const { first } = search;
  const count = first ? `${formatCount(first.total.count)}${first.total.exact ? '' : '+'}` : null;
  return {
    url,
    search,
    filters,
    isOpen,
    /** Whether results take the place of the folder's entries. */
    asked: search.asked,
    open,
    close,
    toggle: isOpen ? close : open,
    remember,
    clearFilters: url.count > 0 ? url.clearFilters : null,
    /** "1,204 in 38 ms" */
    result: first && count !== null ? `${count} in ${formatCount(Math.max(1, first.ms))} ms` : null,
    show: count === null ? 'Show results' : `Show ${count}`,
    /** What the list of results is called, for its place and its selection. */
    address: search.asked ? `${here}${here.includes('?') ? '&' : '?'}search=${JSON.stringify(search.input)}` : here,
    field: useMemo(
      () => ({
        ref: field,
        value: address.q ?? '',
        onType: (q: string) => url.change({ q }),
        scope: {
          everywhere: address.in === 'everywhere',
          folderName,
          isTop: folder === '',
          set: (everywhere: boolean) => url.change({ in: everywhere ? 'everywhere' : null }),
        },
      }),
      [address.q, address.in, url.change, folderName, folder],
    ),
    dialog: dates && (
      <DatesDialog
        filter={dates}
        value={address[dates] ?? ''}
        onTake={(words) => url.setFilter(dates, words)}
        onOpenChange={(still) => still || setDates(null)}
      />
    ),
  };
}
