'use client';

import { CheckCheck, Download, Eye, FolderOpen, FolderPlus, Layers, PanelRight, Trash2 } from 'lucide-react';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import type { Entry } from '#lib/assets/schema.ts';
import { download, mostDownloads } from './content-url.ts';
import { isAsset, isFolder } from './entry-key.ts';

export type EntryActions = {
  open: (entry: Entry) => void;
  showDetails: (entry: Entry) => void;
  trash: (entries: Entry[]) => void;
  /** Why these cannot be moved to trash, in words. */
  whyNoTrash: (entries: Entry[]) => string | undefined;
};

/** Why a set cannot be downloaded, in words; undefined when it can. */
export function whyNoDownload(entries: Entry[]): string | undefined {
  if (entries.some(isFolder)) return 'A folder has no download of its own: open it and choose its files';
  if (entries.length > mostDownloads) return `Up to ${mostDownloads} files are saved at once`;
  return undefined;
}

/** What can be done with one entry or several: the "..." menu, the context menu and the sheet on a phone are this list. */
export function entryMenu(entries: Entry[], actions: EntryActions): MenuEntry[] {
  const [one] = entries;
  if (!one) return [];
  const single = entries.length === 1;
  const opening: MenuEntry[] = !single
    ? []
    : isAsset(one)
      ? [{ id: 'open', label: 'Open', icon: <Eye />, keys: 'Enter', onSelect: () => actions.open(one) }]
      : [{ id: 'open', label: 'Open', icon: <FolderOpen />, keys: 'Enter', onSelect: () => actions.open(one) }];
  const saving: MenuEntry[] =
    single && !isAsset(one)
      ? []
      : [
          {
            id: 'download',
            label: single ? 'Download' : `Download ${entries.length} files`,
            icon: <Download />,
            disabledReason: whyNoDownload(entries),
            onSelect: () => download(entries.filter(isAsset)),
          },
        ];
  const looking: MenuEntry[] =
    single && isAsset(one)
      ? [
          { kind: 'line' },
          {
            id: 'versions',
            label: 'Versions',
            icon: <Layers />,
            end: one.versionCount,
            onSelect: () => actions.showDetails(one),
          },
          {
            id: 'details',
            label: 'Details',
            icon: <PanelRight />,
            keys: 'i',
            onSelect: () => actions.showDetails(one),
          },
        ]
      : [];
  return [
    ...opening,
    ...saving,
    ...looking,
    { kind: 'line' },
    {
      id: 'trash',
      label: 'Move to trash',
      icon: <Trash2 />,
      keys: 'Del',
      disabledReason: actions.whyNoTrash(entries),
      onSelect: () => actions.trash(entries),
    },
  ];
}

/** What can be done with the folder itself: the context menu of empty space, and the "..." of a phone. */
export function folderMenu(options: {
  upload: MenuEntry[];
  newFolder: () => void;
  whyNotWritable: string | undefined;
  selectAll: (() => void) | null;
}): MenuEntry[] {
  return [
    {
      id: 'new-folder',
      label: 'New folder',
      icon: <FolderPlus />,
      keys: 'n',
      disabledReason: options.whyNotWritable,
      onSelect: options.newFolder,
    },
    ...options.upload,
    ...(options.selectAll
      ? ([
          { kind: 'line' },
          { id: 'select-all', label: 'Select all', icon: <CheckCheck />, keys: 'Mod+A', onSelect: options.selectAll },
        ] satisfies MenuEntry[])
      : []),
  ];
}
