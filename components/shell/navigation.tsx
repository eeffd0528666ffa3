'use client';

import { PanelLeft } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { type Account, AccountMenu } from './account-menu.tsx';
import type { NavSection } from './nav-data.ts';
import { NavRow } from './nav-row.tsx';

export interface NavigationProps {
  library: ReactNode;
  /** Under it: the field that opens the command palette. */
  find?: ReactNode;
  tree?: ReactNode;
  nav: NavSection[];
  account: Account;
  status?: ReactNode;
  openKeys: () => void;
}

/** 224 px on the ground; a rail of 56 from 600 to 899, which opens over the page; not there on a phone. */
export function Navigation({ library, find, tree, nav, account, status, openKeys }: NavigationProps) {
  const [open, setOpen] = useState(false);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere closes the open rail
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      {open && (
        <button
          type="button"
          aria-label="Close navigation"
          className="fixed inset-0 z-side bg-scrim md:hidden"
          onClick={() => setOpen(false)}
        />
      )}
      <nav
        aria-label="Library"
        data-region="nav"
        data-nav-open={open || undefined}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && open) setOpen(false);
        }}
        className="flex min-h-0 min-w-0 flex-col bg-ground p-2 max-sm:hidden data-nav-open:max-md:fixed data-nav-open:max-md:inset-y-0 data-nav-open:max-md:left-0 data-nav-open:max-md:z-side data-nav-open:max-md:w-56 data-nav-open:max-md:shadow-4"
      >
        {library}
        {find}
        <IconButton
          label={open ? 'Close navigation' : 'Open navigation'}
          icon={<PanelLeft />}
          tooltipSide="right"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="mx-auto my-1 md:hidden"
        />
        <div className="-mx-2 mt-1.5 min-h-0 flex-1 overflow-y-auto px-2 pb-2">
          {tree && (
            <div className="rail:hidden">
              <h2 className="flex h-6 items-center px-2 text-micro text-fg-3">Folders</h2>
              {tree}
            </div>
          )}
          {nav.map((section) => (
            <div key={section.label ?? section.items[0]?.id} className="not-first:mt-2">
              {section.label && (
                <h2 className="flex h-6 items-center px-2 text-micro text-fg-3 rail:sr-only">{section.label}</h2>
              )}
              <ul>
                {section.items.map((item) => (
                  <li key={item.id}>
                    <NavRow item={item} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
        <div className="flex h-8 flex-none items-center gap-2 pr-0.5 pl-2 text-meta text-fg-3 rail:justify-center rail:p-0">
          <div className="flex min-w-0 flex-1 items-center gap-2 truncate rail:hidden">{status}</div>
          <AccountMenu account={account} openKeys={openKeys} />
        </div>
      </nav>
    </>
  );
}
