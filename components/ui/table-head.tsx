'use client';

import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';

export interface TableHeadProps {
  children: ReactNode;
  /** Sorted by this column, and which way; `none` when it can be, undefined when it cannot. */
  sort?: 'ascending' | 'descending' | 'none';
  onSort?: () => void;
  align?: 'start' | 'end';
  /** At the edge of the head: what makes its column wider. */
  grip?: ReactNode;
  /** Of the column; else the class gives it. */
  width?: string;
  className?: string;
}

/** A column head, 28 px, sticky. A `columnheader` for a grid of divs; as `<th>` use `TableHeadCell`. */
export function TableHead(props: TableHeadProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes focus
    // biome-ignore lint/a11y/useSemanticElements: the head of a virtual grid, which has no table
    <div
      role="columnheader"
      aria-sort={props.sort}
      style={props.width === undefined ? undefined : { width: props.width }}
      className={clsx('flex h-7 items-center text-micro text-fg-3', props.className)}
    >
      <HeadContent {...props} />
      {props.grip}
    </div>
  );
}

/** The same in a real table. */
export function TableHeadCell(props: TableHeadProps) {
  return (
    <th
      scope="col"
      aria-sort={props.sort}
      className={clsx(
        'sticky top-0 z-sticky h-7 bg-sheet text-left text-micro text-fg-3 shadow-[0_1px_0_var(--line)]',
        props.className,
      )}
    >
      <HeadContent {...props} />
    </th>
  );
}

function HeadContent({ children, sort, onSort, align = 'start' }: TableHeadProps) {
  const sorted = sort === 'ascending' || sort === 'descending';
  const Arrow = sort === 'descending' ? ArrowDown : ArrowUp;
  if (!onSort) return <span className={clsx('min-w-0 flex-1', align === 'end' && 'text-right')}>{children}</span>;
  return (
    <button
      type="button"
      onClick={onSort}
      className={clsx(
        'group/sort focus-inset -mx-1 flex h-6 min-w-0 flex-1 items-center gap-1 rounded-1 px-1 hover:text-fg',
        align === 'end' && 'flex-row-reverse',
        sorted && 'text-fg',
      )}
    >
      {children}
      <Arrow
        aria-hidden="true"
        className={clsx('size-3 flex-none', !sorted && 'opacity-0 group-hover/sort:opacity-60')}
      />
    </button>
  );
}
