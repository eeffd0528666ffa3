'use client';

import clsx from 'clsx';
import { Activity, LayoutGrid, Menu as MenuIcon, Plus, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { BottomSheet } from '#components/ui/bottom-sheet.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { MenuList } from '#components/ui/menu-list.tsx';
import { type Account, useAccountEntries } from './account-menu.tsx';
import { isCurrent, type NavSection } from './nav-data.ts';
import { runShortcut, useShortcutActive } from './shortcuts.ts';

const TAB =
  'focus-inset grid h-full content-center justify-items-center gap-[3px] rounded-3 text-[0.6875rem] leading-3.5 font-medium [&>svg]:size-5 [&>svg]:stroke-[1.8]';

function tabClass(on: boolean) {
  return clsx(TAB, on ? 'text-fg [&>svg]:text-accent' : 'text-fg-3');
}

/** 58 px and the safe area at the foot of a phone: Library, Search, Upload, Activity, More. */
export function TabBar({
  home,
  activity,
  nav,
  account,
  openKeys,
}: {
  home: string;
  activity?: string;
  nav: NavSection[];
  account: Account;
  openKeys: () => void;
}) {
  const pathname = usePathname();
  const router = useRouter();
  // The search stands over a folder, in its address.
  const seeking = useSearchParams().has('q');
  const [more, setMore] = useState(false);
  const canUpload = useShortcutActive('upload');
  const accountEntries = useAccountEntries(account, openKeys);
  const entries: MenuEntry[] = [
    ...nav.flatMap((section): MenuEntry[] => {
      const items = section.items
        .filter((item) => item.href !== activity)
        .map(
          (item): MenuEntry => ({ id: item.id, label: item.label, icon: item.icon, href: item.href, end: item.count }),
        );
      return section.label ? [{ kind: 'sub', id: section.label, label: section.label, items }] : items;
    }),
    { kind: 'line' },
    // a phone has no keys to list; its sheet has the name as title
    ...accountEntries.slice(2).filter((entry) => !('id' in entry) || entry.id !== 'keys'),
  ];
  return (
    <nav aria-label="Tabs" data-region="tabs" className="z-dock border-t border-line bg-sheet safe-bottom sm:hidden">
      <div className="grid h-14.5 auto-cols-fr grid-flow-col items-center px-2 py-1">
        <Link
          href={home}
          aria-current={isCurrent(pathname, { href: home }) ? 'page' : undefined}
          className={tabClass(isCurrent(pathname, { href: home }) && !seeking)}
        >
          <LayoutGrid aria-hidden="true" />
          Library
        </Link>
        <button
          type="button"
          className={tabClass(seeking)}
          onClick={() => {
            // Outside of a folder the search is that of the whole library.
            if (!runShortcut('search')) router.push(`${home}?q=`);
          }}
        >
          <Search aria-hidden="true" />
          Search
        </button>
        <IconButton
          label="Upload"
          icon={<Plus />}
          size="touch"
          tooltipSide="top"
          disabledReason={canUpload ? undefined : 'Open a folder to upload into it'}
          onClick={() => runShortcut('upload')}
          className="h-10! w-12! justify-self-center rounded-5! bg-ink! text-on-ink!"
        />
        {activity && (
          <Link
            href={activity}
            aria-current={isCurrent(pathname, { href: activity }) ? 'page' : undefined}
            className={tabClass(isCurrent(pathname, { href: activity }))}
          >
            <Activity aria-hidden="true" />
            Activity
          </Link>
        )}
        <BottomSheet
          open={more}
          onOpenChange={setMore}
          title={account.name}
          description={account.email}
          trigger={
            <button type="button" className={tabClass(more)}>
              <MenuIcon aria-hidden="true" />
              More
            </button>
          }
        >
          <MenuList items={entries} onDone={() => setMore(false)} />
        </BottomSheet>
      </div>
    </nav>
  );
}
