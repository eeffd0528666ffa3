'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { useEffect } from 'react';
import { useFound } from '#components/search/found.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { TableHead } from '#components/ui/table-head.tsx';
import type { Entry, EntrySort } from '#lib/assets/schema.ts';
import type { EntriesProps } from './entries-props.ts';
import { entryKey } from './entry-key.ts';
import { hiddenBelow, listColumns } from './list-columns.ts';
import { ListRow } from './list-row.tsx';
import { type Collection, type Move, useCollectionKeys } from './use-collection.ts';
import { useKeepFocused } from './use-keep-focused.ts';

/** Results are higher: their second line says where they are. */
const rowHeight = { wide: 36, found: 44, phone: 60 };

type Column = {
  label: string;
  sort?: { ascending: EntrySort; descending?: EntrySort };
  align?: 'end';
  className: string;
};
/** In the order in which they stand, which is also the order for readers. */
const columns: Column[] = [
  { label: 'Name', sort: { ascending: 'name', descending: '-name' }, className: 'col-start-[name]' },
  { label: 'Versions', className: clsx('col-start-[versions]', hiddenBelow.versions) },
  { label: 'Kind', sort: { ascending: 'type' }, className: clsx('col-start-[kind]', hiddenBelow.kind) },
  {
    label: 'Size',
    sort: { ascending: 'size', descending: '-size' },
    align: 'end',
    className: 'col-start-[size] pr-3',
  },
  { label: 'Modified', sort: { ascending: 'modified', descending: '-modified' }, className: 'col-start-[modified]' },
  { label: 'Class', className: clsx('col-start-[class]', hiddenBelow.class) },
];

/** What a click on a head sorts by next: upwards first, except for sizes and times, where the largest and newest are wanted. */
export function nextSort(now: EntrySort, { ascending, descending }: NonNullable<Column['sort']>): EntrySort {
  if (!descending) return ascending;
  const first = ascending === 'name' ? ascending : descending;
  return now === first ? (first === ascending ? descending : ascending) : first;
}

/** Folders, then files, a row each; the heads sort the whole folder. Only rows near the screen are drawn. */
export function EntryList(props: EntriesProps & { setSort: (sort: EntrySort) => void; sort: EntrySort }) {
  const { collection, scroller, phone, open, sort, setSort } = props;
  const { entries } = collection;
  const found = useFound();
  const height = phone ? rowHeight.phone : found ? rowHeight.found : rowHeight.wide;
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (at) => collection.keys[at] ?? at,
    overscan: 12,
    // Some rows are in the HTML that the server sends; the browser measures at once.
    initialRect: { width: 1000, height: 900 },
    scrollMargin: 0,
    rangeExtractor: useKeepFocused(collection),
    scrollPaddingStart: phone ? 0 : 28,
    scrollPaddingEnd: 72,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height stand elsewhere
  useEffect(() => rows.measure(), [height]);
  useReveal(collection, (at) => rows.scrollToIndex(at));
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= entries.length - 30) props.more();
  }, [last, entries.length, props.more]);

  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 600) / height) - 2);
  const onKeyDown = useCollectionKeys(collection, (at, move) => stepInList(at, move, entries.length, page()), open);
  const all = entries.length > 0 && collection.selection.selected.size === entries.length;

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part
    <div
      role="grid"
      aria-label={props.label}
      aria-multiselectable="true"
      aria-rowcount={props.complete ? entries.length + 1 : -1}
      aria-colcount={9}
      onKeyDown={onKeyDown}
      className="@container/list max-sm:-mx-3"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a head row takes no focus, its buttons do */}
      <div
        role="row"
        aria-rowindex={1}
        className={`sticky top-0 z-sticky grid h-7 items-center bg-sheet shadow-[0_1px_0_var(--line)] max-sm:sr-only ${listColumns}`}
      >
        <TableHead className="col-start-[check]">
          <span className="grid place-items-center">
            <Checkbox
              aria-label="Select all that is loaded"
              checked={all}
              indeterminate={!all && collection.selection.selected.size > 0}
              onCheckedChange={(on) => (on ? collection.all() : collection.clear())}
            />
          </span>
        </TableHead>
        {columns.map(({ label, sort: by, align, className }) => (
          <TableHead
            key={label}
            align={align}
            className={className}
            {...(by
              ? {
                  sort: sort === by.ascending ? 'ascending' : sort === by.descending ? 'descending' : 'none',
                  onSort: () => setSort(nextSort(sort, by)),
                }
              : {})}
          >
            {label}
          </TableHead>
        ))}
        <TableHead className="col-start-[actions]">
          <span className="sr-only">Actions</span>
        </TableHead>
      </div>
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const entry = entries[item.index] as Entry;
          return (
            <ListRow
              key={item.key}
              {...props}
              entry={entry}
              entryKey={entryKey(entry)}
              rowIndex={item.index + 2}
              top={item.start}
              height={height}
              joins={{
                above: isSelected(collection, item.index - 1),
                below: isSelected(collection, item.index + 1),
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function isSelected(collection: Collection, at: number): boolean {
  const key = collection.keys[at];
  return key !== undefined && collection.selection.selected.has(key);
}

function stepInList(at: number, move: Move, count: number, page: number): number | null {
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
  if (count === 0) return null;
  return Math.max(0, Math.min(count - 1, to));
}

/** Scrolls to where the keyboard went. */
export function useReveal(collection: Collection, reveal: (index: number) => void): void {
  const { focus } = collection.selection;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the place moves, not when the list grows
  useEffect(() => {
    if (focus === null) return;
    const at = collection.indexOf(focus);
    if (at !== -1) reveal(at);
  }, [focus]);
}
