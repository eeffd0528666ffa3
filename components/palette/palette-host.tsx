'use client';

import { Keyboard, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import type { NavSection } from '#components/shell/nav-data.ts';
import { runShortcut, useShortcut } from '#components/shell/shortcuts.ts';
import type { LibraryView } from '#lib/libraries/schema.ts';
import { useCommands } from './commands.ts';

const load = () => import('./command-palette.tsx');
// Fetched when the page is idle, so that it opens at once and is not part of the first load.
const Palette = dynamic(() => load().then((part) => part.CommandPalette), { ssr: false });
const idleMs = 2_500;

/** Opens the palette by its key, and gives it what can be done from every page. */
export function PaletteHost({ library, nav }: { library: LibraryView; nav: NavSection[] }) {
  const [open, setOpen] = useState(false);
  const back = useRef<Element | null>(null);
  useShortcut('palette', () => {
    back.current = document.activeElement;
    setOpen((now) => !now);
  });
  const close = () => {
    setOpen(false);
    // Where it came from, so that a command acts on what had focus.
    if (back.current instanceof HTMLElement) back.current.focus({ preventScroll: true });
  };
  useEffect(() => {
    const later = setTimeout(() => load().catch(() => undefined), idleMs);
    return () => clearTimeout(later);
  }, []);
  useCommands('everywhere', () => [
    ...nav.flatMap(({ items }) =>
      items.map(({ id, label, icon, href }) => ({ id: `go-${id}`, label: `Go to ${label}`, icon, href })),
    ),
    { id: 'help', label: 'Show all keys', icon: <Keyboard />, keys: '?', run: () => void runShortcut('help') },
  ]);
  if (!open) return null;
  return <Palette library={library.slug} libraryName={library.name} close={close} />;
}

/** The field at the top of the navigation that opens it. */
export function PaletteButton({ keys }: { keys: React.ReactNode }) {
  return (
    <button
      type="button"
      onClick={() => runShortcut('palette')}
      aria-keyshortcuts="Control+K Meta+K"
      className="mt-2 flex h-7 w-full flex-none items-center gap-2 rounded-2 border border-line-2 bg-sheet px-2 text-fg-3 hover:border-edge rail:mx-auto rail:size-7 rail:justify-center rail:px-0"
    >
      <Search className="size-3.5 flex-none" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate text-left rail:sr-only">Search or jump to</span>
      <span className="rail:hidden">{keys}</span>
    </button>
  );
}
