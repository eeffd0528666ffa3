'use client';

import {
  Activity,
  ArrowUpFromLine,
  ChartNoAxesColumn,
  DatabaseZap,
  HardDrive,
  Layers,
  ListChecks,
  ShieldCheck,
  Trash2,
  Users,
} from 'lucide-react';
import { useParams } from 'next/navigation';
import { type ReactNode, useMemo, useRef } from 'react';
import { signOutHere } from '#components/auth/sign-out.ts';
import { UndoKey } from '#components/organise/undo-key.tsx';
import { PaletteButton, PaletteHost } from '#components/palette/palette-host.tsx';
import { AppShell } from '#components/shell/app-shell.tsx';
import { LibrarySwitcher } from '#components/shell/library-switcher.tsx';
import type { NavSection } from '#components/shell/nav-data.ts';
import { Kbd } from '#components/ui/kbd.tsx';
import { TransferDock } from '#components/upload/transfer-dock.tsx';
import { useContinueCount } from '#components/upload/upload-hooks.ts';
import { UploadProvider } from '#components/upload/upload-provider.tsx';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { browseHref } from './browse-href.ts';
import { useChangeWatch } from './changes.ts';
import { FolderTree } from './folder-tree.tsx';
import { IndexStatus } from './index-status.tsx';
import { LibraryProvider } from './library-context.tsx';

/** The shell with what it shows of the open library. Stays mounted while pages change, and so does what runs in it. */
export function LibraryFrame({
  libraries,
  account,
  children,
}: {
  libraries: LibraryView[];
  account: { name: string; email: string };
  children: ReactNode;
}) {
  const slug = useParams<{ library?: string }>().library;
  const last = useRef<string | undefined>(undefined);
  if (slug && libraries.some((library) => library.slug === slug)) last.current = slug;
  // Account and admin pages belong to no library: the frame keeps showing the one that was open.
  const wanted = slug ?? last.current;
  const current = libraries.find((library) => library.slug === wanted) ?? (slug ? null : (libraries[0] ?? null));
  const known = useMemo(() => ({ libraries, current }), [libraries, current]);
  useChangeWatch(current?.slug ?? null);

  const unfinished = useContinueCount();

  const nav = current ? navOf(current, unfinished) : [];

  return (
    <LibraryProvider value={known}>
      <AppShell
        library={
          <LibrarySwitcher
            libraries={libraries.map(({ slug: each, name }) => ({ slug: each, name, href: browseHref(each, '') }))}
            current={current?.slug}
          />
        }
        find={current && <PaletteButton keys={<Kbd keys="Mod+K" />} />}
        tree={current && <FolderTree key={current.slug} library={current.slug} />}
        nav={nav}
        home={current ? browseHref(current.slug, '') : '/'}
        activity={current ? `/activity/${current.slug}` : undefined}
        account={{ ...account, href: '/account', onSignOut: () => void signOutHere() }}
        status={current && <IndexStatus library={current.slug} />}
        dock={<TransferDock />}
      >
        <UploadProvider>{children}</UploadProvider>
        {current && <UndoKey key={current.slug} library={current.slug} />}
        {current && <PaletteHost library={current} nav={nav} />}
      </AppShell>
    </LibraryProvider>
  );
}

function navOf(library: LibraryView, unfinished: number | null): NavSection[] {
  const own: NavSection = {
    items: [
      {
        id: 'uploads',
        href: '/uploads',
        label: 'Uploads',
        icon: <ArrowUpFromLine />,
        ...(unfinished ? { count: `${unfinished} to continue` } : {}),
      },
      { id: 'activity', href: `/activity/${library.slug}`, label: 'Activity', icon: <Activity /> },
      { id: 'trash', href: `/trash/${library.slug}`, label: 'Trash', icon: <Trash2 /> },
    ],
  };
  if (library.rootRole !== 'admin') return [own];
  const admin: NavSection = {
    label: 'Admin',
    items: [
      { id: 'lifecycle', href: `/admin/lifecycle?library=${library.slug}`, label: 'Lifecycle', icon: <Layers /> },
      { id: 'cost', href: `/admin/cost?library=${library.slug}`, label: 'Cost', icon: <ChartNoAxesColumn /> },
      {
        id: 'guardrails',
        href: `/admin/guardrails?library=${library.slug}`,
        label: 'Guardrails',
        icon: <ShieldCheck />,
        ...(library.failingGuardrails ? { count: `${library.failingGuardrails} failing`, alert: true } : {}),
      },
      { id: 'people', href: '/admin/users', label: 'People', icon: <Users /> },
      { id: 'store', href: `/admin/store?library=${library.slug}`, label: 'Store', icon: <HardDrive /> },
      { id: 'index', href: '/admin/index', label: 'Index', icon: <DatabaseZap /> },
      { id: 'jobs', href: '/admin/jobs', label: 'Jobs', icon: <ListChecks /> },
    ],
  };
  return [own, admin];
}
