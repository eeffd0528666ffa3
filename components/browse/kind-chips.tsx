'use client';

import clsx from 'clsx';
import type { AssetKind, EntrySort } from '#lib/assets/schema.ts';
import { SortMenu } from './sort-menu.tsx';

const CHIP =
  'inline-flex h-8 flex-none items-center gap-1.5 rounded-full px-3 text-phone-meta font-medium inset-ring inset-ring-line-2 active:bg-press [&>svg]:size-4 relative after:absolute after:-inset-y-1.5 after:inset-x-0';

const chips: { kind: AssetKind | null; label: string }[] = [
  { kind: null, label: 'All' },
  { kind: 'image', label: 'Photos' },
  { kind: 'video', label: 'Video' },
  { kind: 'audio', label: 'Audio' },
  { kind: 'document', label: 'Documents' },
];

/** On a phone: kinds and the order, in one row that scrolls sideways. */
export function KindChips({
  kind,
  setKind,
  sort,
  setSort,
}: {
  kind: AssetKind | null;
  setKind: (kind: AssetKind | null) => void;
  sort: EntrySort;
  setSort: (sort: EntrySort) => void;
}) {
  return (
    <div className="relative -mx-3 sm:hidden">
      <fieldset className="flex min-w-0 gap-2 overflow-x-auto px-3 pt-2 pb-2.5 [scrollbar-width:none]">
        <legend className="sr-only">Show</legend>
        {chips.slice(0, 3).map((chip) => (
          <Chip key={chip.label} {...chip} on={kind === chip.kind} set={setKind} />
        ))}
        <SortMenu sort={sort} setSort={setSort} chip={CHIP} />
        {chips.slice(3).map((chip) => (
          <Chip key={chip.label} {...chip} on={kind === chip.kind} set={setKind} />
        ))}
      </fieldset>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-0 w-8 bg-linear-to-l from-sheet to-transparent"
      />
    </div>
  );
}

function Chip({
  kind,
  label,
  on,
  set,
}: {
  kind: AssetKind | null;
  label: string;
  on: boolean;
  set: (kind: AssetKind | null) => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => set(kind)}
      className={clsx(CHIP, on && 'bg-ink text-on-ink inset-ring-0!')}
    >
      {label}
    </button>
  );
}
