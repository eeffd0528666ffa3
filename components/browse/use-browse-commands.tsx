'use client';

import {
  ArrowUpFromLine,
  CheckCheck,
  FolderPlus,
  FolderUp,
  History,
  LayoutGrid,
  PanelRight,
  Search,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type Command, useCommands } from '#components/palette/commands.ts';
import { SHORTCUTS, type ShortcutId } from '#components/shell/shortcut-table.ts';
import { activeShortcut, runShortcut } from '#components/shell/shortcuts.ts';
import type { ActionContext, Chosen } from './actions/action.ts';
import { actionMenu } from './actions/action-menu.ts';
import { nameOfChosen } from './actions/chosen.ts';

/** Gives the palette what can be done in a folder, and with what is chosen. */
export function useBrowseCommands(chosen: Chosen, context: ActionContext, name: string): void {
  useCommands('here', () => {
    const list: Command[] = [];
    for (const item of actionMenu(chosen, context)) {
      if (item.kind && item.kind !== 'action') continue;
      if (item.disabledReason || !item.onSelect) continue;
      list.push({
        id: `do-${item.id}`,
        label: item.label,
        icon: item.icon,
        ...(item.keys ? { keys: item.keys } : { end: nameOfChosen(chosen) }),
        run: item.onSelect,
      });
    }
    const byKey = (id: ShortcutId, label: string, icon: ReactNode) => {
      if (activeShortcut(id)) list.push({ id, label, icon, keys: SHORTCUTS[id].keys, run: () => void runShortcut(id) });
    };
    if (context.at === null) {
      byKey('upload', `Upload to ${name}`, <ArrowUpFromLine />);
      byKey('newFolder', 'New folder here', <FolderPlus />);
    }
    byKey('lookBack', context.at === null ? `Look back in ${name}` : 'Back to now', <History />);
    byKey('search', `Search in ${name}`, <Search />);
    byKey('view', 'Grid or list', <LayoutGrid />);
    byKey('details', 'Details', <PanelRight />);
    byKey('selectAll', 'Select all', <CheckCheck />);
    byKey('parent', 'Folder above', <FolderUp />);
    return list;
  });
}
