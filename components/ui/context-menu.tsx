'use client';

import { ContextMenu as Base } from '@base-ui/react/context-menu';
import { type MouseEvent, type ReactElement, useState } from 'react';
import type { MenuEntry } from './menu-items.ts';
import { MENU_CLASS, MenuEntries } from './menu-popup.tsx';

/** Text that is typed or followed keeps the menu of the browser. */
const OWN_MENU = 'input, textarea, [contenteditable="true"], a[href]:not([data-menu])';

export interface ContextMenuProps {
  /** Made when it opens, from the element that was clicked (or has focus, for the menu key). No items: the browser's own menu. */
  items: (target: Element | null) => MenuEntry[];
  label: string;
  /** The area, one element: a whole grid has one context menu, not one a tile. */
  children: ReactElement<Record<string, unknown>>;
}

/** The menu of a right click, Shift+F10 and the menu key: equal to the "..." menu of the same thing. On touch a long press belongs to selection. */
export function ContextMenu({ items, label, children }: ContextMenuProps) {
  const [entries, setEntries] = useState<MenuEntry[]>([]);
  const prepare = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const byTouch = (event.nativeEvent as PointerEvent).pointerType === 'touch';
    const next = target?.closest(OWN_MENU) ? [] : items(target);
    setEntries(next);
    // Base UI opens on the bubbling event. Stopped here, the browser shows its own menu, or none after a long press.
    if (next.length === 0 || byTouch) event.stopPropagation();
    if (next.length > 0 && byTouch) event.preventDefault();
  };
  return (
    <Base.Root
      onOpenChange={(open, details) => {
        if (open && details.event.type.startsWith('touch')) details.cancel();
      }}
    >
      <Base.Trigger render={children} onContextMenuCapture={prepare} />
      <Base.Portal>
        <Base.Positioner className="z-menu" collisionPadding={8}>
          <Base.Popup aria-label={label} className={MENU_CLASS}>
            <MenuEntries items={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
