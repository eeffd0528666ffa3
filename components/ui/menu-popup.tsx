'use client';

import { Menu as Base } from '@base-ui/react/menu';
import clsx from 'clsx';
import { Check, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Kbd } from './kbd.tsx';
import type { MenuAction, MenuEntry } from './menu-items.ts';

export const MENU_CLASS =
  'focus-none max-h-(--available-height) min-w-52 max-w-80 overflow-y-auto overscroll-contain rounded-3 bg-raised p-1 text-ui text-fg shadow-3 transition-opacity duration-quick data-ending-style:opacity-0 data-starting-style:opacity-0';

const ITEM =
  'focus-none flex min-h-7 w-full items-center gap-2 rounded-inner px-2 py-1 text-left select-none data-highlighted:bg-hover';

/** The entries inside a Base UI menu or context menu: both take the same parts. */
export function MenuEntries({ items }: { items: MenuEntry[] }) {
  return items.map((entry, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
    if (entry.kind === 'line') return <Base.Separator key={`line-${i}`} className="-mx-1 my-1 h-px bg-line" />;
    if (entry.kind === 'heading')
      return (
        // the popup carries this as its name
        <div key="heading" aria-hidden="true" className="max-w-64 px-2 py-1">
          <div className="truncate text-label">{entry.label}</div>
          {entry.detail && <div className="truncate text-meta text-fg-3">{entry.detail}</div>}
        </div>
      );
    if (entry.kind === 'choice')
      return (
        <Base.RadioGroup key={entry.id} value={entry.value} onValueChange={entry.onChange} aria-label={entry.label}>
          {entry.options.map((option) => (
            <Base.RadioItem key={option.value} value={option.value} closeOnClick className={ITEM}>
              <Base.RadioItemIndicator keepMounted className="size-4 flex-none data-unchecked:invisible">
                <Check className="size-4 text-accent" aria-hidden="true" />
              </Base.RadioItemIndicator>
              {option.label}
            </Base.RadioItem>
          ))}
        </Base.RadioGroup>
      );
    if (entry.kind === 'sub')
      return (
        <Base.SubmenuRoot key={entry.id}>
          <Base.SubmenuTrigger className={clsx(ITEM, 'data-popup-open:bg-hover')}>
            {entry.icon && <Icon entry={entry} />}
            <span className="min-w-0 flex-1">{entry.label}</span>
            <ChevronRight className="size-3 text-fg-3" aria-hidden="true" />
          </Base.SubmenuTrigger>
          <Base.Portal>
            <Base.Positioner sideOffset={2} alignOffset={-4} collisionPadding={8} className="z-menu">
              <Base.Popup className={MENU_CLASS}>
                <MenuEntries items={entry.items} />
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.SubmenuRoot>
      );
    if (entry.checked !== undefined)
      return (
        <Base.CheckboxItem
          key={entry.id}
          checked={entry.checked}
          onCheckedChange={() => entry.onSelect?.()}
          className={ITEM}
        >
          <Base.CheckboxItemIndicator keepMounted className="size-4 flex-none data-unchecked:invisible">
            <Check className="size-4 text-accent" aria-hidden="true" />
          </Base.CheckboxItemIndicator>
          <Label entry={entry} />
        </Base.CheckboxItem>
      );
    const off = entry.disabledReason !== undefined;
    const className = clsx(ITEM, off && 'text-fg-3', entry.tone === 'danger' && !off && 'text-danger-text');
    const content = (
      <>
        {entry.icon && <Icon entry={entry} />}
        <Label entry={entry} />
      </>
    );
    if (entry.href && !off)
      return (
        <Base.LinkItem
          key={entry.id}
          className={className}
          closeOnClick
          onClick={entry.onSelect}
          render={entry.external ? undefined : <Link href={entry.href} />}
          href={entry.href}
        >
          {content}
        </Base.LinkItem>
      );
    return (
      <Base.Item key={entry.id} disabled={off} onClick={entry.onSelect} className={className}>
        {content}
      </Base.Item>
    );
  });
}

function Icon({ entry }: { entry: { icon?: React.ReactNode; tone?: string } }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('size-4 flex-none [&>svg]:size-4', entry.tone === 'danger' ? 'text-danger-text' : 'text-fg-3')}
    >
      {entry.icon}
    </span>
  );
}

function Label({ entry }: { entry: MenuAction }) {
  return (
    <>
      <span className="min-w-0 flex-1">
        {entry.label}
        {entry.disabledReason && <span className="block text-meta">{entry.disabledReason}</span>}
      </span>
      {entry.keys ? (
        <Kbd keys={entry.keys} plain />
      ) : (
        entry.end && <span className="text-micro text-fg-3 tabular-nums">{entry.end}</span>
      )}
    </>
  );
}
