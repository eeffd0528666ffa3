'use client';

import clsx from 'clsx';
import { ChevronDown, X } from 'lucide-react';
import { Menu } from '#components/ui/menu.tsx';
import type { Filter } from './use-filters.ts';

const PILL = 'inline-flex h-7 flex-none items-center rounded-full text-label';

/** 40 px under the bar: a chip a filter, what is set filled and with an x, and what was found at the right. */
export function FilterRow({
  filters,
  clear,
  result,
}: {
  filters: Filter[];
  /** Null while nothing is set. */
  clear: (() => void) | null;
  /** "1,204 in 38 ms" */
  result: string | null;
}) {
  return (
    <div className="flex h-10 items-center gap-1.5 border-b border-line pr-4 pl-3 max-sm:hidden">
      <fieldset className="flex min-w-0 flex-1 items-center gap-1.5 overflow-x-auto py-1.5 pl-1 [scrollbar-width:none]">
        <legend className="sr-only">Filters</legend>
        {filters.map((filter) => (
          <Chip key={filter.id} filter={filter} />
        ))}
        {clear && (
          <button
            type="button"
            onClick={clear}
            className="h-7 flex-none rounded-2 px-2 text-label text-fg-2 hover:bg-hover hover:text-fg"
          >
            Clear all
          </button>
        )}
      </fieldset>
      <span className="flex-none text-meta text-fg-3 tabular-nums" data-search-result="">
        {result}
      </span>
    </div>
  );
}

function Chip({ filter }: { filter: Filter }) {
  const { name, set } = filter;
  const on = set !== null;
  return (
    <span
      className={clsx(
        PILL,
        on ? 'bg-accent-soft text-accent-text inset-ring inset-ring-accent-line' : 'inset-ring inset-ring-line-2',
      )}
    >
      <Menu
        label={name}
        align="start"
        items={filter.menu}
        trigger={
          <button
            type="button"
            aria-label={`${name}: ${on ? set : 'any'}`}
            className={clsx(
              'inline-flex h-7 max-w-52 items-center gap-1 rounded-full pl-2.5 hover:bg-hover data-popup-open:bg-press',
              on ? 'pr-1' : 'pr-2 text-fg-2',
            )}
          >
            <span className="truncate">{on ? set : name}</span>
            {!on && <ChevronDown className="size-3 flex-none text-fg-3" aria-hidden="true" />}
          </button>
        }
      />
      {on && (
        <button
          type="button"
          aria-label={`Clear ${name}`}
          onClick={filter.clear}
          className="mr-0.5 grid size-6 flex-none place-items-center rounded-full hover:bg-hover"
        >
          <X className="size-3.5" aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
