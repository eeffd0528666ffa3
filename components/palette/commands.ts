'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** Something that the palette can do or go to. */
export type Command = {
  id: string;
  label: string;
  icon: ReactNode;
  /** The key that does the same, so that the palette teaches it. */
  keys?: string;
  /** What it is about, at the right where there is no key: "3 files". */
  end?: string;
  href?: string;
  run?: () => void;
};

type Source = () => Command[];
type Scope = 'here' | 'everywhere';
const sources: Record<Scope, { current: Source }[]> = { here: [], everywhere: [] };

/**
 * Gives the palette commands while a component is there. They are asked for when it opens; those of the page stand before those of
 * every page.
 */
export function useCommands(scope: Scope, source: Source): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => {
    const own = sources[scope];
    own.push(latest);
    return () => {
      own.splice(own.indexOf(latest), 1);
    };
  }, [scope]);
}

/** All commands that make sense now, each once. */
export function readCommands(): Command[] {
  const all = [...sources.here, ...sources.everywhere].flatMap(({ current }) => current());
  return [...new Map(all.map((command) => [command.id, command])).values()];
}
