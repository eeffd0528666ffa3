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
const sources: { current: Source }[] = [];

/** Gives the palette commands while a component is there. They are asked for when it opens; the newest source comes first. */
export function useCommands(source: Source): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  useEffect(() => {
    sources.push(latest);
    return () => {
      sources.splice(sources.indexOf(latest), 1);
    };
  }, []);
}

/** All commands that make sense now, each once. */
export function readCommands(): Command[] {
  const all = sources.toReversed().flatMap(({ current }) => current());
  return [...new Map(all.map((command) => [command.id, command])).values()];
}
