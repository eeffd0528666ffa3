'use client';

import { ArrowDownUp } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import type { EntrySort } from '#lib/assets/schema.ts';

/** Every order, with its name on the button and in the menu. The first one is the default. */
export const sorts = ['name', '-name', 'modified', '-modified', 'size', '-size', 'type'] as const satisfies EntrySort[];

const words: Record<EntrySort, { short: string; long: string }> = {
  name: { short: 'Name', long: 'Name, A first' },
  '-name': { short: 'Name', long: 'Name, Z first' },
  modified: { short: 'Modified', long: 'Oldest first' },
  '-modified': { short: 'Modified', long: 'Newest first' },
  size: { short: 'Size', long: 'Smallest first' },
  '-size': { short: 'Size', long: 'Largest first' },
  type: { short: 'Kind', long: 'Kind' },
};

export function sortChoice(sort: EntrySort, setSort: (sort: EntrySort) => void): MenuEntry {
  return {
    kind: 'choice',
    id: 'sort',
    label: 'Sort by',
    value: sort,
    onChange: (value) => setSort(value as EntrySort),
    options: sorts.map((each) => ({ value: each, label: words[each].long })),
  };
}

/** The word of a button in the bar gives way to the name of the folder: on a small window, and at 200 % zoom. */
export const WORD_WHERE_ROOM = 'max-[899px]:[&>span:last-child]:sr-only';

/** By what the whole folder is sorted. */
export function SortMenu({
  sort,
  setSort,
  more = [],
  chip,
}: {
  sort: EntrySort;
  setSort: (sort: EntrySort) => void;
  /** Other choices about how the folder looks. */
  more?: MenuEntry[];
  /** As a chip in the row of a phone. */
  chip?: string;
}) {
  const label = `Sorted by ${words[sort].long}`;
  return (
    <Menu
      label="Sort by"
      items={[sortChoice(sort, setSort), ...more]}
      trigger={
        chip ? (
          <button type="button" aria-label={label} className={chip}>
            <ArrowDownUp aria-hidden="true" />
            {words[sort].short}
          </button>
        ) : (
          <Button variant="quiet" icon={<ArrowDownUp />} aria-label={label} className={WORD_WHERE_ROOM}>
            {words[sort].short}
          </Button>
        )
      }
    />
  );
}
