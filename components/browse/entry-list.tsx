'use client';

import { useEffect } from 'react';
import { useFound } from '#components/search/found.tsx';
import type { EntrySort } from '#lib/assets/schema.ts';
import type { EntriesProps } from './entries-props.ts';
import { entryKey } from './entry-key.ts';
import { useColumns, widthProperties } from './list-columns.tsx';
import { ListHeads } from './list-heads.tsx';
import { ListRow } from './list-row.tsx';
import type { Collection } from './use-collection.ts';
import { useEntryFocus } from './use-entry-focus.ts';
import { type Move, useEntryKeys } from './use-entry-keys.ts';
import { useWindow } from './use-window.ts';

/** Px a row, from UI.md "Browse, list and tree". Results are higher: their second line says where they are. */
const rowHeights = { usual: 36, compact: 32, found: 44, phone: 60 };

/** Folders, then files, a row each. Only rows near the screen are drawn. */
export function EntryList(props: EntriesProps & { setSort: (sort: EntrySort) => void; sort: EntrySort }) {
  const { collection, scroller, phone, density, handlers, sort, setSort } = props;
  const { listing, tabStop } = collection;
  const [choice, choose] = useColumns();
  const found = useFound() !== null;
  const height = phone ? rowHeights.phone : found ? rowHeights.found : rowHeights[density.list];
  const view = useWindow(scroller, listing.count * height, { start: phone ? 0 : 28, end: 72 });
  const focus = useEntryFocus(collection, view.frame, (index) => view.reveal(index * height, (index + 1) * height));

  const first = Math.max(0, Math.floor(view.from / height));
  const last = Math.min(listing.count - 1, Math.ceil(view.to / height));
  const { need } = listing;
  useEffect(() => need(first, last), [need, first, last]);

  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 600) / height) - 2);
  const onKeyDown = useEntryKeys(collection, (at, move) => stepInList(at, move, listing.count, page()), handlers.open);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part
    <div
      role="grid"
      {...focus}
      aria-label={props.label}
      aria-multiselectable="true"
      aria-rowcount={listing.count + 1}
      onKeyDown={onKeyDown}
      style={widthProperties(choice)}
      className="focus-none @container/list flex-none max-sm:-mx-3"
    >
      <ListHeads collection={collection} sort={sort} setSort={setSort} choice={choice} choose={choose} />
      <div ref={view.frame} role="presentation" className="relative" style={{ height: view.height }}>
        <div ref={view.canvas} role="presentation" className="absolute inset-x-0">
          {placesToDraw(first, last, tabStop).map((index) => {
            const entry = listing.at(index);
            if (!entry)
              return (
                <Unread
                  key={`at-${index}`}
                  index={index}
                  top={index * height}
                  height={height}
                  collection={collection}
                />
              );
            return (
              <ListRow
                key={entryKey(entry)}
                entry={entry}
                index={index}
                selected={collection.isSelected(index)}
                above={index > 0 && collection.isSelected(index - 1)}
                below={index + 1 < listing.count && collection.isSelected(index + 1)}
                stop={tabStop === index}
                top={index * height}
                height={height}
                columns={choice.shown}
                library={props.library}
                options={props.options}
                phone={phone}
                choosing={props.choosing}
                handlers={handlers}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** A row whose entry is on its way, in its final size. */
function Unread({
  index,
  top,
  height,
  collection,
}: {
  index: number;
  top: number;
  height: number;
  collection: Collection;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: nothing to act on yet
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={collection.isSelected(index)}
      className={`absolute inset-x-0 flex items-center gap-3 pl-8 max-sm:pl-3 ${collection.isSelected(index) ? 'bg-accent-soft' : ''}`}
      style={{ top, height }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="gridcell" aria-label="Not read yet" className="flex items-center gap-3">
        <span className="h-6 w-9 rounded-1 bg-press max-sm:size-11" />
        <span className="h-3 w-44 rounded-1 bg-press" />
      </span>
    </div>
  );
}

/** What is near the screen, and the row with the keyboard: a row that leaves the page takes focus with it. */
function placesToDraw(first: number, last: number, tabStop: number): number[] {
  const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  if (tabStop === -1 || (tabStop >= first && tabStop <= last)) return places;
  return tabStop < first ? [tabStop, ...places] : [...places, tabStop];
}

function stepInList(at: number, move: Move, count: number, page: number): number | null {
  if (count === 0) return null;
  const to = {
    up: at - 1,
    down: at + 1,
    first: 0,
    last: count - 1,
    pageUp: at - page,
    pageDown: at + page,
    left: at,
    right: at,
  }[move];
  return Math.max(0, Math.min(count - 1, to));
}
