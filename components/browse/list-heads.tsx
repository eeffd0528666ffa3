'use client';

import clsx from 'clsx';
import { Columns3 } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { TableHead } from '#components/ui/table-head.tsx';
import type { EntrySort } from '#lib/assets/schema.ts';
import {
  type ColumnChoice,
  type ColumnId,
  clampWidth,
  columnIds,
  columnLimits,
  columns,
  moveColumn,
  usualColumns,
} from './list-columns.tsx';
import type { Collection } from './use-collection.ts';

type Sorting = { sort: EntrySort; setSort: (sort: EntrySort) => void };
type Choice = { choice: ColumnChoice; choose: (change: Partial<ColumnChoice>) => void };

/** What a click on a head sorts by next: upwards first, except for sizes and times, where the largest and newest are wanted. */
export function nextSort(
  now: EntrySort,
  { ascending, descending }: { ascending: EntrySort; descending?: EntrySort },
): EntrySort {
  if (!descending) return ascending;
  const first = ascending === 'name' ? ascending : descending;
  return now === first ? (first === ascending ? descending : ascending) : first;
}

/** The heads of the list: they sort the whole folder, and its columns are chosen, moved and sized here. */
export function ListHeads({
  collection,
  sort,
  setSort,
  choice,
  choose,
}: { collection: Collection } & Sorting & Choice) {
  const chosen = collection.chosen.count;
  const all = chosen > 0 && chosen >= collection.listing.count;
  const sorted = (by: { ascending: EntrySort; descending?: EntrySort }) => ({
    sort:
      sort === by.ascending
        ? ('ascending' as const)
        : sort === by.descending
          ? ('descending' as const)
          : ('none' as const),
    onSort: () => setSort(nextSort(sort, by)),
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part
    // biome-ignore lint/a11y/useFocusableInteractive: a head row takes no focus, its buttons do
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-sticky flex h-7 items-center bg-sheet shadow-[0_1px_0_var(--line)] max-sm:sr-only"
    >
      <TableHead className="w-7.5 flex-none">
        <span className="grid flex-1 place-items-center">
          <Checkbox
            aria-label="Select all that is loaded"
            checked={all}
            indeterminate={!all && chosen > 0}
            onCheckedChange={(on) => (on ? collection.all() : collection.clear())}
          />
        </span>
      </TableHead>
      <TableHead className="min-w-0 flex-1 pl-11.5" {...sorted({ ascending: 'name', descending: '-name' })}>
        Name
      </TableHead>
      {choice.shown.map((id) => {
        const { label, align, hidden, sort: by } = columns[id];
        return (
          <TableHead
            key={id}
            align={align}
            width={`var(--col-${id})`}
            className={clsx('relative flex-none', hidden, align === 'end' && 'pr-3')}
            grip={<Grip id={id} choice={choice} choose={choose} />}
            {...(by ? sorted(by) : {})}
          >
            {label}
          </TableHead>
        );
      })}
      <TableHead className="w-21 flex-none justify-end pr-1 @max-[880px]/list:w-15 @max-[680px]/list:w-9">
        <Menu
          label="Columns"
          items={() => columnMenu(choice, choose)}
          trigger={<IconButton label="Columns" size="mini" icon={<Columns3 />} />}
        />
      </TableHead>
    </div>
  );
}

function columnMenu(choice: ColumnChoice, choose: Choice['choose']): MenuEntry[] {
  const { shown } = choice;
  return [
    ...columnIds.map(
      (id): MenuEntry => ({
        id,
        label: columns[id].label,
        checked: shown.includes(id),
        onSelect: () => choose({ shown: shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id] }),
      }),
    ),
    { kind: 'line' },
    ...shown.map(
      (id, at): MenuEntry => ({
        kind: 'sub',
        id: `move-${id}`,
        label: `Move ${columns[id].label}`,
        items: [
          {
            id: `left-${id}`,
            label: 'Left',
            ...(at === 0 ? { disabledReason: 'It is the first one' } : {}),
            onSelect: () => choose({ shown: moveColumn(shown, id, -1) }),
          },
          {
            id: `right-${id}`,
            label: 'Right',
            ...(at === shown.length - 1 ? { disabledReason: 'It is the last one' } : {}),
            onSelect: () => choose({ shown: moveColumn(shown, id, 1) }),
          },
        ],
      }),
    ),
    { kind: 'line' },
    { id: 'usual', label: 'As at first', onSelect: () => choose(usualColumns) },
  ];
}

/** The left edge of a head: drags its column wider, with arrows by 8 px. */
function Grip({ id, choice, choose }: { id: ColumnId } & Choice) {
  const width = choice.widths[id] ?? columns[id].width;
  const start = useRef<{ x: number; width: number; list: HTMLElement } | null>(null);
  const keep = (next: number) => choose({ widths: { ...choice.widths, [id]: clampWidth(next) } });
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const list = event.currentTarget.closest<HTMLElement>('[role=grid]');
    if (!list) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width, list };
  };
  const dragged = (event: PointerEvent) =>
    start.current ? clampWidth(start.current.width + start.current.x - event.clientX) : width;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule takes no focus
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${columns[id].label}`}
      aria-valuenow={width}
      aria-valuemin={columnLimits.least}
      aria-valuemax={columnLimits.most}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => start.current?.list.style.setProperty(`--col-${id}`, `${dragged(event)}px`)}
      onPointerUp={(event) => {
        if (start.current) keep(dragged(event));
        start.current = null;
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        event.stopPropagation();
        keep(width + (event.key === 'ArrowLeft' ? 8 : -8));
      }}
      className="focus-inset absolute inset-y-0.5 -left-2.5 w-2 cursor-col-resize rounded-1 after:absolute after:inset-y-1.5 after:left-1 after:w-px after:bg-line-2 after:opacity-0 hover:after:opacity-100"
    />
  );
}
