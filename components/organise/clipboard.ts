'use client';

import { useSyncExternalStore } from 'react';
import type { StartInput } from '#components/trash/use-operations.tsx';

/** What Ctrl+C or Ctrl+X took; Ctrl+V puts it where one is. It lives as long as the page. */
export type Clip = {
  library: string;
  mode: 'copy' | 'move';
  selection: StartInput['selection'];
  /** "3 files" */
  what: string;
  /** Keys of the entries, so that what is cut can be shown pale. */
  keys: ReadonlySet<string>;
};

let clip: Clip | null = null;
const listeners = new Set<() => void>();

export function setClip(next: Clip | null): void {
  clip = next;
  for (const listener of listeners) listener();
}

export const currentClip = (): Clip | null => clip;

export function useClip(): Clip | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => clip,
    () => null,
  );
}
