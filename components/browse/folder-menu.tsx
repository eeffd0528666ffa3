'use client';

import { ArrowUpFromLine, CheckCheck, ClipboardPaste, FileArchive, FolderPlus } from 'lucide-react';
import { runShortcut } from '#components/shell/shortcuts.ts';
import type { MenuEntry } from '#components/ui/menu-items.ts';

/** What can be done with the folder itself: the context menu of empty space, and the "..." of a phone. */
export function folderMenu(options: {
  /** Saves what the folder held at the moment that is shown; null: now. Nothing is made or put into the past. */
  save: (() => void) | null;
  upload: boolean;
  newFolder: () => void;
  whyNotWritable: string | undefined;
  paste: { label: string; run: () => void } | null;
  selectAll: (() => void) | null;
}): MenuEntry[] {
  const select = options.selectAll
    ? [
        {
          id: 'select-all',
          label: 'Select all',
          icon: <CheckCheck />,
          keys: 'Mod+A',
          onSelect: options.selectAll,
        } satisfies MenuEntry,
      ]
    : [];
  if (options.save) {
    return [{ id: 'save', label: 'Download as ZIP', icon: <FileArchive />, onSelect: options.save }, ...select];
  }
  return [
    {
      id: 'new-folder',
      label: 'New folder',
      icon: <FolderPlus />,
      keys: 'n',
      disabledReason: options.whyNotWritable,
      onSelect: options.newFolder,
    },
    ...(options.upload
      ? ([
          {
            id: 'upload',
            label: 'Upload',
            icon: <ArrowUpFromLine />,
            keys: 'u',
            onSelect: () => void runShortcut('upload'),
          },
        ] satisfies MenuEntry[])
      : []),
    ...(options.paste
      ? ([
          {
            id: 'paste',
            label: options.paste.label,
            icon: <ClipboardPaste />,
            keys: 'Mod+V',
            disabledReason: options.whyNotWritable,
            onSelect: options.paste.run,
          },
        ] satisfies MenuEntry[])
      : []),
    ...(select.length > 0 ? ([{ kind: 'line' }, ...select] satisfies MenuEntry[]) : []),
  ];
}
