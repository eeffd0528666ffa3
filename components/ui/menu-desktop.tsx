'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import type { MenuEntry } from './menu-items.ts';
import { MENU_CLASS, MenuEntries } from './menu-popup.tsx';
import { useFocusBack } from './use-focus-back.ts';

export interface DesktopMenuProps {
  entries: () => MenuEntry[];
  trigger: ReactElement<Record<string, unknown>>;
  label: string;
  align: 'start' | 'center' | 'end';
  side: 'top' | 'bottom' | 'left' | 'right';
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A menu at its button. Fetched when a menu is first wanted: most pages are left without one having been opened. */
export function DesktopMenu({ entries, trigger, label, align, side, open, onOpenChange }: DesktopMenuProps) {
  const popup = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useFocusBack(popup, open, button);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger ref={button} render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-menu">
          <Base.Popup ref={popup} aria-label={label} className={MENU_CLASS}>
            {open && <MenuEntries items={entries()} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface PointMenuProps {
  entries: MenuEntry[];
  label: string;
  at: { x: number; y: number };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A menu at a point of the window: the context menu. */
export function PointMenu({ entries, label, at, open, onOpenChange }: PointMenuProps) {
  const popup = useRef<HTMLDivElement>(null);
  useFocusBack(popup, open);
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) }), [at.x, at.y]);
  // A second right click, anywhere, closes the menu instead of opening the browser's own over it.
  useEffect(() => {
    if (!open) return;
    const again = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
      onOpenChange(false);
    };
    document.addEventListener('contextmenu', again, true);
    return () => document.removeEventListener('contextmenu', again, true);
  }, [open, onOpenChange]);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          align="start"
          side="bottom"
          sideOffset={2}
          collisionPadding={8}
          className="z-menu"
        >
          <Base.Popup ref={popup} aria-label={label} finalFocus={false} className={MENU_CLASS}>
            <MenuEntries items={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
