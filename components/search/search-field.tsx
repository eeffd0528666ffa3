'use client';

import { ChevronDown, Search as SearchIcon, X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useId, useRef, useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { RecentSearches } from './recent-list.tsx';
import { useRecentSearches } from './recent-searches.ts';

export interface SearchFieldProps {
  library: string;
  ref: Ref<HTMLInputElement>;
  value: string;
  onType: (text: string) => void;
  scope: { everywhere: boolean; folderName: string; isTop: boolean; set: (everywhere: boolean) => void };
  /** Down or Enter: into the results. */
  onEnter: () => void;
  onClose: () => void;
}

/** 480 px in place of the breadcrumb: where, and what. Recent searches hang below it while it is empty. */
export function SearchField({ library, ref, value, onType, scope, onEnter, onClose }: SearchFieldProps) {
  const recent = useRecentSearches(library);
  const [focused, setFocused] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const list = useId();
  const offer = focused && value === '' && recent.length > 0;
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else if (event.key === 'ArrowDown' && (event.target as Element).matches('input')) {
      event.preventDefault();
      if (offer) box.current?.querySelector<HTMLElement>('[data-recent]')?.focus();
      else onEnter();
    }
  };
  return (
    <search className="ml-1.5 w-120 max-w-full min-w-0">
      <form
        ref={box}
        onSubmit={(event) => {
          event.preventDefault();
          onEnter();
        }}
        onKeyDown={keys}
        onFocus={() => setFocused(true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
        }}
        className="relative"
      >
        <span className="focus-host flex h-8 items-center gap-1.5 rounded-2 border border-edge bg-sheet pr-0.5 pl-2.5">
          <SearchIcon className="size-4 flex-none text-fg-3" aria-hidden="true" />
          {!scope.isTop && <Scope scope={scope} />}
          <input
            ref={ref}
            type="search"
            value={value}
            onChange={(event) => onType(event.currentTarget.value)}
            aria-label="Search names, tags, cameras and types"
            placeholder={scope.isTop ? 'Search names, tags, cameras' : 'Names, tags, cameras'}
            aria-controls={offer ? list : undefined}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={200}
            className="focus-none h-full min-w-0 flex-1 bg-transparent text-ui placeholder:text-fg-3 [&::-webkit-search-cancel-button]:hidden"
          />
          <IconButton label="Close search" keys="Esc" size="mini" icon={<X />} onClick={onClose} />
        </span>
        {offer && (
          <div id={list} className="absolute inset-x-0 top-full z-menu mt-1 rounded-3 bg-raised p-1 shadow-3">
            <RecentSearches library={library} recent={recent} pick={onType} />
          </div>
        )}
      </form>
    </search>
  );
}

function Scope({ scope }: { scope: SearchFieldProps['scope'] }) {
  const here = `In ${scope.folderName}`;
  return (
    <Menu
      label="Where to search"
      align="start"
      items={[
        {
          kind: 'choice',
          id: 'scope',
          label: 'Where to search',
          value: scope.everywhere ? 'everywhere' : 'here',
          options: [
            { value: 'here', label: here },
            { value: 'everywhere', label: 'Everywhere' },
          ],
          onChange: (value) => scope.set(value === 'everywhere'),
        },
      ]}
      trigger={
        <button
          type="button"
          className="inline-flex h-6 max-w-40 flex-none items-center gap-1 rounded-1 bg-press pr-1 pl-1.5 text-meta text-fg-2 hover:text-fg"
        >
          <span className="truncate">{scope.everywhere ? 'Everywhere' : here}</span>
          <ChevronDown className="size-3 flex-none" aria-hidden="true" />
        </button>
      }
    />
  );
}
