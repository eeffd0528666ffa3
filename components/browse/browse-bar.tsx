'use client';

import clsx from 'clsx';
import { Diff, Ellipsis, FileArchive, History, LayoutGrid, List, ListFilter, PanelRight } from 'lucide-react';
import type { LookBack } from '#components/history/use-look-back.ts';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { Segmented } from '#components/ui/segmented.tsx';
import { UploadButton } from '#components/upload/upload-button.tsx';
import { SortMenu, sortChoice, WORD_WHERE_ROOM } from './sort-menu.tsx';
import { type Density, useDensity } from './use-density.ts';
import type { useFolderUrl } from './use-folder-url.ts';

type Url = ReturnType<typeof useFolderUrl>;

/** The right of the bar: order, view, details, upload. */
export function BrowseBar({
  url,
  library,
  path,
  noUpload,
  panelShown,
  toggleDetails,
  searching,
  toggleSearch,
  lookBack,
  save,
}: {
  url: Url;
  library: string;
  path: string;
  noUpload: string | undefined;
  panelShown: boolean;
  toggleDetails: () => void;
  searching: boolean;
  toggleSearch: () => void;
  /** While one does, nothing is put into the past, and the way out of it stands elsewhere. */
  lookBack: LookBack;
  /** Saves what the folder held at the moment that is shown. */
  save: () => void;
}) {
  const [density, setDensity] = useDensity();
  const past = lookBack.at !== null;
  return (
    <>
      {past && !searching && <WhatOfThen lookBack={lookBack} />}
      {!past && (
        <Button
          variant="quiet"
          icon={<History />}
          keys="l"
          onClick={lookBack.enter}
          data-enter-past=""
          className={WORD_WHERE_ROOM}
        >
          Look back
        </Button>
      )}
      {/* In the past the names of the folders need the room. */}
      <span className={clsx('contents', past && 'max-[1439px]:[&>button>span:last-child]:sr-only')}>
        <Button
          variant="quiet"
          icon={<ListFilter />}
          keys="/"
          pressed={searching}
          onClick={toggleSearch}
          className={WORD_WHERE_ROOM}
        >
          Filter
        </Button>
        <SortMenu
          sort={url.sort}
          setSort={url.setSort}
          more={[{ kind: 'line' }, densityChoice(url.view, density, setDensity)]}
        />
      </span>
      <Segmented
        label="View"
        iconsOnly
        value={url.view}
        onChange={url.setView}
        segments={[
          { value: 'grid', label: 'Grid', icon: <LayoutGrid aria-hidden="true" />, keys: 'g' },
          { value: 'list', label: 'List', icon: <List aria-hidden="true" />, keys: 'g' },
        ]}
      />
      {past && !searching && <IconButton label="Download as ZIP" icon={<FileArchive />} onClick={save} />}
      <IconButton label="Details" keys="i" icon={<PanelRight />} pressed={panelShown} onClick={toggleDetails} />
      {!past && (
        <>
          <span aria-hidden="true" className="mx-0.5 h-4 w-px bg-line-2" />
          <UploadButton library={library} folder={path} disabledReason={noUpload ?? null} />
        </>
      )}
    </>
  );
}

/** The header of a phone: looking back, and one menu for what can be done with the folder, its view and its order. */
export function BrowsePhoneMenu({
  url,
  name,
  folderItems,
  lookBack,
}: {
  url: Url;
  name: string;
  folderItems: () => MenuEntry[];
  lookBack: LookBack;
}) {
  const list = url.view === 'list';
  const [density, setDensity] = useDensity();
  return (
    <>
      {lookBack.at === null && (
        <IconButton label="Look back" icon={<History />} size="touch" onClick={lookBack.enter} data-enter-past="" />
      )}
      <Menu
        label={name}
        items={() => [
          ...folderItems(),
          { kind: 'line' },
          ...(lookBack.at === null ? [] : ([whatOfThen(lookBack), { kind: 'line' }] satisfies MenuEntry[])),
          {
            id: 'view',
            label: list ? 'Show as grid' : 'Show as list',
            icon: list ? <LayoutGrid /> : <List />,
            onSelect: () => url.setView(list ? 'grid' : 'list'),
          },
          { kind: 'line' },
          sortChoice(url.sort, url.setSort),
          ...(list ? [] : ([{ kind: 'line' }, densityChoice('grid', density, setDensity)] satisfies MenuEntry[])),
        ]}
        trigger={<IconButton label="More" icon={<Ellipsis />} size="touch" />}
      />
    </>
  );
}

const ofThen = { all: 'Everything then', different: 'Only what differs' } as const;

/** All that stood at the moment, or only what is not now what it was. */
function WhatOfThen({ lookBack: { differs, setDiffers } }: { lookBack: LookBack }) {
  return (
    <>
      <Segmented
        label="Show"
        value={differs ? 'different' : 'all'}
        onChange={(value) => setDiffers(value === 'different')}
        segments={[
          { value: 'all', label: ofThen.all },
          { value: 'different', label: ofThen.different },
        ]}
        className="max-lg:hidden"
      />
      <IconButton
        label={ofThen.different}
        icon={<Diff />}
        pressed={differs}
        onClick={() => setDiffers(!differs)}
        className="lg:hidden"
      />
    </>
  );
}

function whatOfThen({ differs, setDiffers }: LookBack): MenuEntry {
  return {
    kind: 'choice',
    id: 'show',
    label: 'Show',
    value: differs ? 'different' : 'all',
    onChange: (value) => setDiffers(value === 'different'),
    options: Object.entries(ofThen).map(([value, label]) => ({ value, label })),
  };
}

/** How large the pictures of the grid or the rows of the list are. */
function densityChoice(view: 'grid' | 'list', density: Density, set: (change: Partial<Density>) => void): MenuEntry {
  if (view === 'list')
    return {
      kind: 'choice',
      id: 'rows',
      label: 'Rows',
      value: density.list,
      onChange: (value) => set({ list: value as Density['list'] }),
      options: [
        { value: 'usual', label: 'Usual rows' },
        { value: 'compact', label: 'Compact rows' },
      ],
    };
  return {
    kind: 'choice',
    id: 'pictures',
    label: 'Pictures',
    value: density.grid,
    onChange: (value) => set({ grid: value as Density['grid'] }),
    options: [
      { value: 'small', label: 'Small pictures' },
      { value: 'medium', label: 'Medium pictures' },
      { value: 'large', label: 'Large pictures' },
    ],
  };
}
