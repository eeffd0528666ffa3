'use client';

import { cloneElement, type KeyboardEvent, type MouseEvent, type ReactElement, useEffect, useState } from 'react';
import { BottomSheet } from './bottom-sheet.tsx';
import type { DesktopMenu } from './menu-desktop.tsx';
import type { MenuEntry } from './menu-items.ts';
import { MenuList } from './menu-list.tsx';
import { addToast } from './toast-store.ts';
import { usePhone } from './use-media.ts';

export type { MenuEntry } from './menu-items.ts';

export interface MenuProps {
  /** The items, or a function that makes them when the menu opens. */
  items: MenuEntry[] | (() => MenuEntry[]);
  /** The button that opens it: `Button`, `IconButton`. */
  trigger: ReactElement<Record<string, unknown>>;
  /** The title of the sheet on a phone, and the name of the menu. */
  label: string;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** The part of a menu that opens, with all that places it: fetched when the page is idle, or by the first hover of a menu button. */
export function fetchMenu() {
  return import('./menu-desktop.tsx');
}

/** Says that a menu could not be fetched, which happens only without network before the page was idle. */
export function sayMenuMissing(): void {
  addToast({
    kind: 'error',
    key: 'menu-missing',
    title: 'The menu did not open.',
    detail: 'A part of Strata could not be fetched. Check the connection, then open it again.',
  });
}

/** A menu under a button; a bottom sheet on a phone. Until it is first opened it costs no more than its button. */
export function Menu({ items, trigger, label, align = 'end', side = 'bottom', open, onOpenChange }: MenuProps) {
  const phone = usePhone();
  const [own, setOwn] = useState(false);
  const [Desktop, setDesktop] = useState<typeof DesktopMenu | null>(null);
  const isOpen = open ?? own;
  const setOpen = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  const entries = () => (typeof items === 'function' ? items() : items);

  const wanted = isOpen && !phone && !Desktop;
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    fetchMenu().then(
      (part) => here && setDesktop(() => part.DesktopMenu),
      () => {
        if (!here) return;
        setOwn(false);
        onOpenChange?.(false);
        sayMenuMissing();
      },
    );
    return () => {
      here = false;
    };
  }, [wanted, onOpenChange]);

  if (phone)
    return (
      <BottomSheet open={isOpen} onOpenChange={setOpen} title={label} trigger={trigger}>
        {isOpen && <MenuList items={entries()} onDone={() => setOpen(false)} />}
      </BottomSheet>
    );
  if (Desktop)
    return (
      <Desktop
        entries={entries}
        trigger={trigger}
        label={label}
        align={align}
        side={side}
        open={isOpen}
        onOpenChange={setOpen}
      />
    );
  // Should it fail now, the click tries again and says so.
  const fetchAhead = () => void fetchMenu().catch(() => undefined);
  return cloneElement(trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    onPointerEnter: fetchAhead,
    onFocus: fetchAhead,
    onClick: (event: MouseEvent) => {
      (trigger.props.onClick as ((event: MouseEvent) => void) | undefined)?.(event);
      if (!event.defaultPrevented) setOpen(true);
    },
    onKeyDown: (event: KeyboardEvent) => {
      (trigger.props.onKeyDown as ((event: KeyboardEvent) => void) | undefined)?.(event);
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      setOpen(true);
    },
  });
}
