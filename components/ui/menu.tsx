'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { type ReactElement, useState } from 'react';
import { BottomSheet } from './bottom-sheet.tsx';
import type { MenuEntry } from './menu-items.ts';
import { MenuList } from './menu-list.tsx';
import { MENU_CLASS, MenuEntries } from './menu-popup.tsx';
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

/** A menu under a button; a bottom sheet on a phone. */
export function Menu({ items, trigger, label, align = 'end', side = 'bottom', open, onOpenChange }: MenuProps) {
  const phone = usePhone();
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  const setOpen = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  const entries = () => (typeof items === 'function' ? items() : items);
  if (phone)
    return (
      <BottomSheet open={isOpen} onOpenChange={setOpen} title={label} trigger={trigger}>
        {isOpen && <MenuList items={entries()} onDone={() => setOpen(false)} />}
      </BottomSheet>
    );
  return (
    <Base.Root open={isOpen} onOpenChange={setOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-menu">
          <Base.Popup aria-label={label} className={MENU_CLASS}>
            {isOpen && <MenuEntries items={entries()} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
