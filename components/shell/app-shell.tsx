'use client';

import { useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { fetchMenu } from '#components/ui/menu.tsx';
import type { Account } from './account-menu.tsx';
import { useConnectionWatch } from './connection.ts';
import { DockSlot } from './dock-slot.tsx';
import type { NavSection } from './nav-data.ts';
import { Navigation } from './navigation.tsx';
import { useRegions } from './regions.ts';
import { useShortcut, useShortcutListener } from './shortcuts.ts';
import { TabBar } from './tab-bar.tsx';
import { useSystemTheme } from './theme.ts';

// Fetched when it is first asked for.
const CheatSheet = dynamic(() => import('./cheat-sheet.tsx').then((part) => part.CheatSheet), { ssr: false });

export interface AppShellProps {
  /** At the top of the navigation: `<LibrarySwitcher …/>`. */
  library: ReactNode;
  /** Under it: the field that opens the command palette. */
  find?: ReactNode;
  /** Under "Folders", in the wide navigation only: the folder tree. */
  tree?: ReactNode;
  nav: NavSection[];
  /** Where the Library tab of a phone goes. */
  home: string;
  /** Where the Activity tab goes, if there is one. */
  activity?: string;
  account: Account;
  /** At the foot of the navigation: a `Dot` and "Index live, 3 s behind". */
  status?: ReactNode;
  /** Transfers: stays while pages change. Renders nothing when there is nothing to show. */
  dock?: ReactNode;
  /** A page: `<Page …>`, which brings bar, content and panel. */
  children: ReactNode;
}

/** The frame of every page behind sign-in. Put it into a layout, so that the dock survives navigation. */
export function AppShell({ library, find, tree, nav, home, activity, account, status, dock, children }: AppShellProps) {
  const queries = useQueryClient();
  const [keysOpen, setKeysOpen] = useState(false);
  const openKeys = useCallback(() => setKeysOpen(true), []);
  useShortcutListener();
  useRegions();
  useSystemTheme();
  useConnectionWatch(useCallback(() => void queries.invalidateQueries(), [queries]));
  useShortcut('help', openKeys);
  useEffect(() => {
    // Menus are not part of the first load, and should still open at once.
    const later = window.setTimeout(() => fetchMenu().catch(() => undefined), 2_000);
    return () => window.clearTimeout(later);
  }, []);

  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] overflow-clip sm:grid-cols-[56px_minmax(0,1fr)] sm:grid-rows-1 md:grid-cols-[224px_minmax(0,1fr)]">
      <nav aria-label="Skip" className="absolute">
        <a
          href="#content"
          className="sr-only rounded-2 bg-ink text-label text-on-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-drag focus:px-3 focus:py-2"
        >
          Skip to content
        </a>
      </nav>
      <Navigation
        library={library}
        find={find}
        tree={tree}
        nav={nav}
        account={account}
        status={status}
        openKeys={openKeys}
      />
      <div className="dig relative grid min-h-0 min-w-0 grid-cols-[minmax(0,1fr)_auto] grid-rows-[auto_auto_minmax(0,1fr)_auto] overflow-clip bg-sheet sm:my-2 sm:mr-2 sm:rounded-4 sm:shadow-sheet">
        {children}
        <DockSlot>{dock}</DockSlot>
      </div>
      <TabBar home={home} activity={activity} nav={nav} account={account} openKeys={openKeys} />
      {keysOpen && <CheatSheet open onOpenChange={setKeysOpen} />}
    </div>
  );
}
