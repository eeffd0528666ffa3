'use client';

import { ChevronLeft, ListFilter, X } from 'lucide-react';
import { type Ref, useState } from 'react';
import { BottomSheet } from '#components/ui/bottom-sheet.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import type { SearchFieldProps } from './search-field.tsx';
import type { Filter } from './use-filters.ts';

/** The header of a phone while one searches: back, the field, the filters in a sheet. */
export function PhoneSearchHeader({
  ref,
  value,
  onType,
  scope,
  onEnter,
  onClose,
  filters,
  clear,
  show,
}: Omit<SearchFieldProps, 'library'> & {
  ref: Ref<HTMLInputElement>;
  filters: Filter[];
  clear: (() => void) | null;
  /** "Show 1,204" */
  show: string;
}) {
  const [sheet, setSheet] = useState(false);
  const set = filters.filter((filter) => filter.set !== null).length;
  return (
    <search className="flex min-w-0 flex-1">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onEnter();
          (document.activeElement as HTMLElement | null)?.blur();
        }}
        className="flex min-w-0 flex-1 items-center"
      >
        <IconButton label="Close search" icon={<ChevronLeft />} size="touch" onClick={onClose} />
        <span className="focus-host flex h-10 min-w-0 flex-1 items-center rounded-4 bg-sunken pl-3 inset-ring inset-ring-line">
          <input
            ref={ref}
            type="search"
            value={value}
            onChange={(event) => onType(event.currentTarget.value)}
            aria-label="Search names, tags, cameras and types"
            placeholder={scope.everywhere || scope.isTop ? 'Search everywhere' : `Search in ${scope.folderName}`}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={200}
            className="focus-none h-full min-w-0 flex-1 bg-transparent text-[1rem] placeholder:text-fg-3 [&::-webkit-search-cancel-button]:hidden"
          />
          {value !== '' && <IconButton label="Empty the field" icon={<X />} onClick={() => onType('')} />}
        </span>
        <BottomSheet
          open={sheet}
          onOpenChange={setSheet}
          title="Filters"
          trigger={
            <button
              type="button"
              aria-label={set > 0 ? `Filters, ${set} set` : 'Filters'}
              className="relative grid size-11 flex-none place-items-center rounded-full text-fg active:bg-press"
            >
              <ListFilter className="size-5" aria-hidden="true" />
              {set > 0 && <span aria-hidden="true" className="absolute top-2 right-2 size-2 rounded-full bg-accent" />}
            </button>
          }
          footer={
            <>
              {clear && <Button onClick={clear}>Clear all</Button>}
              <Button variant="primary" onClick={() => setSheet(false)}>
                {show}
              </Button>
            </>
          }
        >
          {!scope.isTop && (
            <div className="pb-2">
              <Segmented
                label="Where to search"
                wide
                className="w-full"
                value={scope.everywhere ? 'everywhere' : 'here'}
                onChange={(where) => scope.set(where === 'everywhere')}
                segments={[
                  { value: 'here', label: 'This folder' },
                  { value: 'everywhere', label: 'Everywhere' },
                ]}
              />
            </div>
          )}
          <ul>
            {filters.map((filter) => (
              <li key={filter.id} className="border-b border-line last:border-0">
                <Menu
                  label={filter.name}
                  items={filter.menu}
                  trigger={
                    <button type="button" className="flex h-12 w-full items-center gap-3 text-left text-phone-name">
                      <span className="flex-1">{filter.name}</span>
                      <span className={filter.set === null ? 'text-fg-3' : 'truncate text-accent-text'}>
                        {filter.set ?? 'Any'}
                      </span>
                    </button>
                  }
                />
              </li>
            ))}
          </ul>
        </BottomSheet>
      </form>
    </search>
  );
}
