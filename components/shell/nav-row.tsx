'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { isCurrent, type NavItem } from './nav-data.ts';

/** The classes of a row of 28 px in the navigation: also for the rows of a folder tree. `current` gets its icon in accent. */
export function navRowClass(current: boolean): string {
  return clsx(
    'flex h-7 min-w-0 items-center gap-1.75 rounded-2 px-2 text-label transition-colors duration-instant max-sm:h-11 max-sm:gap-3 max-sm:px-3 max-sm:text-phone-label',
    '[&>svg]:size-3.5 [&>svg]:flex-none max-sm:[&>svg]:size-5',
    current ? 'bg-press text-fg [&>svg]:text-accent' : 'text-fg-2 hover:bg-hover [&>svg]:text-fg-3',
  );
}

/** A link of the navigation; on the rail an icon with its name as title. */
export function NavRow({ item, onFollow }: { item: NavItem; onFollow?: () => void }) {
  const current = isCurrent(usePathname(), item);
  return (
    <Link
      href={item.href}
      aria-current={current ? 'page' : undefined}
      onClick={onFollow}
      title={item.label}
      className={clsx(navRowClass(current), 'rail:h-9 rail:justify-center rail:px-0 rail:[&>svg]:size-4')}
    >
      {item.icon}
      <span className="min-w-0 flex-1 truncate rail:sr-only">{item.label}</span>
      {item.count !== undefined && (
        <span
          className={clsx(
            'flex-none text-micro tabular-nums rail:sr-only',
            item.alert ? 'rounded-1 bg-warning-soft px-1.5 py-px text-warning-text' : 'text-fg-3',
          )}
        >
          {item.count}
        </span>
      )}
    </Link>
  );
}
