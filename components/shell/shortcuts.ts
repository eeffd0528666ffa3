'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';
import { isSingleCharacter, keysOf, SHORTCUTS, type ShortcutId, type ShortcutMeaning } from './shortcut-table.ts';

/** Return false to leave the key to the handler registered before, or to the browser. */
type Handler = (event: KeyboardEvent | null) => unknown;

const handlers = new Map<ShortcutId, Handler[]>();
const listeners = new Set<() => void>();
const STORAGE_KEY = 'strata.single-keys';
let version = 0;

function changed() {
  version += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Gives a key of the table its work while the component is there; the newest handler comes first.
 * Pass null while there is nothing to do: the cheat sheet lists only what works now.
 */
export function useShortcut(id: ShortcutId, handler: Handler | null): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const on = handler !== null;
  useEffect(() => {
    if (!on) return;
    const own: Handler = (event) => latest.current?.(event);
    handlers.set(id, [...(handlers.get(id) ?? []), own]);
    changed();
    return () => {
      handlers.set(
        id,
        (handlers.get(id) ?? []).filter((each) => each !== own),
      );
      changed();
    };
  }, [id, on]);
}

/** Does what the key would do: for a button somewhere else in the frame. False when nobody answers it now. */
export function runShortcut(id: ShortcutId, event: KeyboardEvent | null = null): boolean {
  const stack = handlers.get(id) ?? [];
  for (let i = stack.length - 1; i >= 0; i--) if (stack[i]?.(event) !== false) return true;
  return false;
}

/** The meanings that work now, in the order of the table. */
export function useActiveShortcuts(): { id: ShortcutId; meaning: ShortcutMeaning }[] {
  useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  );
  return (Object.keys(SHORTCUTS) as ShortcutId[])
    .filter((id) => (handlers.get(id)?.length ?? 0) > 0)
    .map((id) => ({ id, meaning: SHORTCUTS[id] }));
}

/** Whether a key of the table has work at this moment. */
export function activeShortcut(id: ShortcutId): boolean {
  return (handlers.get(id)?.length ?? 0) > 0;
}

/** Whether a key of the table has work now. */
export function useShortcutActive(id: ShortcutId): boolean {
  return useSyncExternalStore(
    subscribe,
    () => activeShortcut(id),
    () => false,
  );
}

function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    // Storage may be barred; then the choice lasts as long as the page.
    return true;
  }
}

let singleKeys: boolean | undefined;

/** Whether single letters act, and the switch for it; remembered in this browser. */
export function useSingleKeys(): [on: boolean, set: (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => {
      singleKeys ??= singleKeysOn();
      return singleKeys;
    },
    () => true,
  );
  return [
    on,
    (next) => {
      singleKeys = next;
      try {
        localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off');
      } catch {
        // As above: kept for this page.
      }
      changed();
    },
  ];
}

const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable="true"], [role=textbox]';
const TAKES_LETTERS = '[role=menu], [role=listbox], [role=dialog], [role=alertdialog]';

/** The one key listener of the app. Mounted by the shell. */
export function useShortcutListener(): void {
  useEffect(() => {
    const mac = /Mac|iP(hone|ad|od)/.test(navigator.platform);
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const keys = keysOf(event, mac);
      if (keys === null) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(TYPING)) return;
      if (target?.closest(TAKES_LETTERS)) return;
      singleKeys ??= singleKeysOn();
      if (isSingleCharacter(keys) && !singleKeys) return;
      // Selected text is what Ctrl+C and Ctrl+X are for.
      if ((keys === 'Mod+C' || keys === 'Mod+X') && !window.getSelection()?.isCollapsed) return;
      for (const [id, meaning] of Object.entries(SHORTCUTS) as [ShortcutId, ShortcutMeaning][]) {
        if (meaning.own || meaning.keys !== keys) continue;
        // Enter and Space on a button are its own.
        if (keys === 'Space' && target?.closest('button, a, summary, [role=button]')) return;
        if (event.repeat && id !== 'undo') return;
        if (runShortcut(id, event)) event.preventDefault();
        return;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
