import { SHORTCUTS } from '#components/shell/shortcut-table.ts';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import type { ActionContext, Chosen } from './action.ts';
import { entryActions, isOffered, whyNotNow } from './all-actions.ts';

/** What can be done with these: the "..." menu, the context menu and the sheet on a phone are this list. */
export function actionMenu(chosen: Chosen, context: ActionContext, without: readonly string[] = []): MenuEntry[] {
  if (chosen.count === 0) return [];
  const items: MenuEntry[] = [];
  let group: string | null = null;
  for (const action of entryActions) {
    if (without.includes(action.id) || !isOffered(action, chosen, context)) continue;
    if (group !== null && group !== action.group && !(group === 'open' && action.group === 'save'))
      items.push({ kind: 'line' });
    group = action.group;
    items.push({
      id: action.id,
      label: action.label(chosen),
      icon: action.icon,
      ...(action.shortcut ? { keys: SHORTCUTS[action.shortcut].keys } : {}),
      ...(action.end ? { end: action.end(chosen) } : {}),
      disabledReason: whyNotNow(action, chosen, context),
      onSelect: () => action.run(chosen, context),
    });
  }
  return items;
}
