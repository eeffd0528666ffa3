'use client';

import { cloneElement, type MouseEvent, type ReactElement, useCallback, useState } from 'react';
import { fetchMenu, sayMenuMissing } from './menu.tsx';
import type { PointMenu } from './menu-desktop.tsx';
import type { MenuEntry } from './menu-items.ts';

/** Text that is typed or followed keeps the menu of the browser. */
const OWN_MENU = 'input, textarea, [contenteditable="true"], a[href]:not([data-menu])';

export interface ContextMenuProps {
  /** Made when it opens, from the element that was clicked (or has focus, for the menu key). No items: the browser's own menu. */
  items: (target: Element | null) => MenuEntry[];
  label: string;
  /** The area, one element: a whole grid has one context menu, not one a tile. */
  children: ReactElement<Record<string, unknown>>;
}

interface Opened {
  entries: MenuEntry[];
  at: { x: number; y: number };
}

/** The menu of a right click, Shift+F10 and the menu key: equal to the "..." menu of the same thing. On touch a long press belongs to selection. */
export function ContextMenu({ items, label, children }: ContextMenuProps) {
  const [Point, setPoint] = useState<typeof PointMenu | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [open, setOpen] = useState(false);
  const change = useCallback((next: boolean) => setOpen(next), []);

  const onContextMenu = (event: MouseEvent) => {
    (children.props.onContextMenu as ((event: MouseEvent) => void) | undefined)?.(event);
    const target = event.target instanceof Element ? event.target : null;
    // React also brings events from what is drawn elsewhere (a dialog opened by a tile); that is not this area.
    if (event.defaultPrevented || !target || !event.currentTarget.contains(target) || target.closest(OWN_MENU)) return;
    const entries = items(target);
    if (entries.length === 0) return;
    event.preventDefault();
    if ((event.nativeEvent as PointerEvent).pointerType === 'touch') return;
    const box = target.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    setOpened({
      entries,
      at: byKey ? { x: box.left + 8, y: box.bottom } : { x: event.clientX, y: event.clientY },
    });
    setOpen(true);
    fetchMenu().then((part) => setPoint(() => part.PointMenu), sayMenuMissing);
  };

  return (
    <>
      {cloneElement(children, { onContextMenu })}
      {Point && opened && (
        <Point entries={opened.entries} label={label} at={opened.at} open={open} onOpenChange={change} />
      )}
    </>
  );
}
