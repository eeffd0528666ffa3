'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { LibraryView } from '#lib/libraries/schema.ts';

type Role = 'viewer' | 'contributor' | 'admin';
type Known = { libraries: LibraryView[]; current: LibraryView | null };

const Context = createContext<Known>({ libraries: [], current: null });

export function LibraryProvider({ value, children }: { value: Known; children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** The libraries that the person may see. */
export function useLibraries(): LibraryView[] {
  return useContext(Context).libraries;
}

/** The library of the address, else the one looked at last; null when nothing is granted. */
export function useLibrary(): LibraryView | null {
  return useContext(Context).current;
}

const rank: Record<Role, number> = { viewer: 1, contributor: 2, admin: 3 };

/** The strongest role on a path, to grey what the server would refuse; the server decides. */
export function roleOn(library: LibraryView, path: string): Role | null {
  let best: Role | null = null;
  for (const { prefix, role } of library.prefixes) {
    if (path.startsWith(prefix) && (!best || rank[role] > rank[best])) best = role;
  }
  return best;
}

/** Why nothing can be written into a folder, in words; undefined when it can. */
export function whyNotWritable(library: LibraryView, path: string): string | undefined {
  if (library.readOnlyReason) return library.readOnlyReason;
  const role = roleOn(library, path);
  if (role && rank[role] >= rank.contributor) return undefined;
  return `Only contributors of ${path || library.name} change what is here`;
}

/** Why what only admins of all these places do cannot be done, in words: "Only admins of press/ restore to a moment". Undefined when it can. */
export function whyNotAdmin(library: LibraryView, paths: readonly string[], what: string): string | undefined {
  if (library.readOnlyReason) return library.readOnlyReason;
  const barred = paths.find((path) => roleOn(library, path) !== 'admin');
  if (barred === undefined) return undefined;
  const folder = barred.slice(0, barred.lastIndexOf('/') + 1);
  return `Only admins of ${folder || library.name} ${what}`;
}

/** Why nothing can be uploaded into a folder, in words; undefined when it can. */
export function whyNoUpload(library: LibraryView, path: string): string | undefined {
  return whyNotWritable(library, path) ?? library.uploadsRefusedReason ?? undefined;
}
