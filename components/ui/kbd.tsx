'use client';

import { ArrowBigUp, ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Command } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHydrated } from './use-media.ts';

// The font has no arrows and no command sign: they are drawn.
const ICONS: Record<string, ReactNode> = {
  Cmd: <Command className="size-3" aria-label="Command" />,
  Shift: <ArrowBigUp className="size-3" aria-label="Shift" />,
  Left: <ArrowLeft className="size-3" aria-label="Left" />,
  Right: <ArrowRight className="size-3" aria-label="Right" />,
  Up: <ArrowUp className="size-3" aria-label="Up" />,
  Down: <ArrowDown className="size-3" aria-label="Down" />,
};

/** The parts of "Mod+Shift+K" as they are called on this computer. `mac` decides what Mod is. */
export function keyParts(keys: string, mac: boolean): string[] {
  return keys
    .split('+')
    .map((part) =>
      part === 'Mod' ? (mac ? 'Cmd' : 'Ctrl') : part === 'Delete' ? 'Del' : part === 'Escape' ? 'Esc' : part,
    )
    .map((part) => (part.length === 1 ? part.toUpperCase() : part));
}

/** A key cap: `<Kbd keys="Mod+K" />`. Parts are joined by `+`; Mod is Ctrl, or Command on a Mac. */
export function Kbd({ keys, plain = false }: { keys: string; plain?: boolean }) {
  // The server does not know the computer: the first paint says Ctrl, as the server did.
  const mac = useHydrated() && /Mac|iP(hone|ad|od)/.test(navigator.platform);
  const parts = keyParts(keys, mac);
  return (
    <kbd
      className={
        plain
          ? 'inline-flex items-center gap-0.5 font-sans text-micro text-fg-3'
          : 'inline-flex h-4.5 min-w-4.5 flex-none items-center justify-center gap-px rounded-1 border border-line-2 px-1 font-sans text-micro text-fg-3'
      }
    >
      {parts.map((part, i) => (
        <span key={part} className="inline-flex items-center">
          {ICONS[part] ?? part}
          {i < parts.length - 1 && !ICONS[part] && <span>+</span>}
        </span>
      ))}
    </kbd>
  );
}
