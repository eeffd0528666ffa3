'use client';

import { CheckCheck, ClipboardPaste, FolderPlus } from 'lucide-react';
import type { MenuEntry } from '#components/ui/menu-items.ts';

/** What can be done with the folder itself: the context menu of empty space, and the "..." of a phone. */
export function folderMenu(options: {
  /** Nothing is made or put into the past. */
  past: boolean;
  upload: MenuEntry[];
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
  if (options.past) return select;
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
