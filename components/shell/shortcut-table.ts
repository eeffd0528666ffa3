export interface ShortcutMeaning {
  /** As in `Kbd`; `Mod` is Ctrl, or Command on a Mac. */
  keys: string;
  label: string;
  group: 'Go' | 'Select' | 'Act' | 'Look';
  /** The widget that has focus handles it (arrows in a grid): listed in the cheat sheet, not caught here. */
  own?: boolean;
}

/** One meaning a key, in every view. A key that is not here does nothing in Strata. */
export const SHORTCUTS = {
  move: { keys: 'Left+Right+Up+Down', label: 'Move', group: 'Go', own: true },
  ends: { keys: 'Home', label: 'First item, End: last', group: 'Go', own: true },
  typeAhead: { keys: 'A-Z', label: 'Go to a name, by letters that are no key', group: 'Go', own: true },
  open: { keys: 'Enter', label: 'Open', group: 'Go', own: true },
  parent: { keys: 'Backspace', label: 'Folder above', group: 'Go' },
  regions: { keys: 'F6', label: 'Next region', group: 'Go', own: true },
  newestToast: { keys: 'F8', label: 'Newest notification', group: 'Go', own: true },
  search: { keys: '/', label: 'Search', group: 'Go' },
  palette: { keys: 'Mod+K', label: 'Command palette', group: 'Go' },
  help: { keys: '?', label: 'Keys', group: 'Go' },
  extend: { keys: 'Shift+Left', label: 'Extend the selection', group: 'Select', own: true },
  selectAll: { keys: 'Mod+A', label: 'Select all', group: 'Select' },
  clear: { keys: 'Escape', label: 'Close, then clear the selection', group: 'Select' },
  upload: { keys: 'u', label: 'Upload', group: 'Act' },
  newFolder: { keys: 'n', label: 'New folder', group: 'Act' },
  rename: { keys: 'F2', label: 'Rename', group: 'Act' },
  trash: { keys: 'Delete', label: 'Move to trash', group: 'Act' },
  deleteForever: { keys: 'Shift+Delete', label: 'Delete forever', group: 'Act' },
  copy: { keys: 'Mod+C', label: 'Copy', group: 'Act' },
  cut: { keys: 'Mod+X', label: 'Cut', group: 'Act' },
  paste: { keys: 'Mod+V', label: 'Paste', group: 'Act' },
  undo: { keys: 'Mod+Z', label: 'Undo', group: 'Act' },
  restore: { keys: 'r', label: 'Restore', group: 'Act' },
  probe: { keys: 'p', label: 'Probe again, on Guardrails', group: 'Act' },
  tags: { keys: 't', label: 'Edit tags', group: 'Act' },
  quickLook: { keys: 'Space', label: 'Quick look', group: 'Look' },
  details: { keys: 'i', label: 'Details', group: 'Look' },
  view: { keys: 'g', label: 'Grid or list', group: 'Look' },
  lookBack: { keys: 'l', label: 'Look back', group: 'Look' },
  compare: { keys: 'c', label: 'Compare', group: 'Look' },
} as const satisfies Record<string, ShortcutMeaning>;

export type ShortcutId = keyof typeof SHORTCUTS;

/** What a key press is called in the table: "Mod+K", "Shift+Delete", "u", "?". Null for keys held with other modifiers. */
export function keysOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  mac: boolean,
): string | null {
  if (event.altKey) return null;
  const mod = mac ? event.metaKey : event.ctrlKey;
  if (mac ? event.ctrlKey : event.metaKey) return null;
  // On a layout without Latin letters the place of the key says which letter is meant.
  const latin =
    /^Key[A-Z]$/.test(event.code) && !/^[\x20-\x7e]$/.test(event.key) ? event.code.slice(3).toLowerCase() : event.key;
  const name = latin === ' ' ? 'Space' : latin;
  if (mod) return event.shiftKey ? null : `Mod+${name.length === 1 ? name.toUpperCase() : name}`;
  // Shift is part of a printed character ("?"), but a modifier of a named key.
  if (event.shiftKey) return name.length === 1 ? (/[a-z]/i.test(name) ? null : name) : `Shift+${name}`;
  return name.length === 1 ? name.toLowerCase() : name;
}

/** Printed characters alone, which can be switched off (WCAG 2.1.4). */
export function isSingleCharacter(keys: string): boolean {
  return keys.length === 1;
}
