'use client';

import { Ellipsis, LayoutGrid, List, ListFilter, PanelRight } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { Segmented } from '#components/ui/segmented.tsx';
import { UploadButton } from '#components/upload/upload-button.tsx';
import { SortMenu, sortChoice } from './sort-menu.tsx';
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
}: {
  url: Url;
  library: string;
  path: string;
  noUpload: string | undefined;
  panelShown: boolean;
  toggleDetails: () => void;
  searching: boolean;
  toggleSearch: () => void;
}) {
  return (
    <>
      <Button variant="quiet" icon={<ListFilter />} keys="/" pressed={searching} onClick={toggleSearch}>
        Filter
      </Button>
      <SortMenu sort={url.sort} setSort={url.setSort} />
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
      <IconButton label="Details" keys="i" icon={<PanelRight />} pressed={panelShown} onClick={toggleDetails} />
      <span aria-hidden="true" className="mx-0.5 h-4 w-px bg-line-2" />
      <UploadButton library={library} folder={path} disabledReason={noUpload ?? null} />
    </>
  );
}

/** The header of a phone has one button: what can be done with the folder, its view and its order. */
export function BrowsePhoneMenu({
  url,
  name,
  folderItems,
}: {
  url: Url;
  name: string;
  folderItems: () => MenuEntry[];
}) {
  const list = url.view === 'list';
  return (
    <Menu
      label={name}
      items={() => [
        ...folderItems(),
        { kind: 'line' },
        {
          id: 'view',
          label: list ? 'Show as grid' : 'Show as list',
          icon: list ? <LayoutGrid /> : <List />,
          onSelect: () => url.setView(list ? 'grid' : 'list'),
        },
        { kind: 'line' },
        sortChoice(url.sort, url.setSort),
      ]}
      trigger={<IconButton label="More" icon={<Ellipsis />} size="touch" />}
    />
  );
}
