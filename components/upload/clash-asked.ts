'use client';

import { useSyncExternalStore } from 'react';
import type { Batch, UploadItem } from '#lib/uploads/browser/types.ts';

/** Which clash the dialog asks about. Drops whose question was closed are asked again only by "Decide" in a row. */
const aside = new Set<Batch>();
/** Answered a moment ago; the engine's next snapshot will not hold them any more. */
const answered = new WeakSet<UploadItem>();
let wanted: UploadItem | null = null;
let revision = 0;
const listeners = new Set<() => void>();

function changed() {
  revision += 1;
  for (const listener of listeners) listener();
}

/** The question was closed without an answer. */
export function putClashAside(batch: Batch): void {
  aside.add(batch);
  wanted = null;
  changed();
}

/** "Decide" in a row. */
export function askAboutClash(item: UploadItem): void {
  aside.delete(item.batch);
  answered.delete(item);
  wanted = item;
  changed();
}

export function clashAsked(item: UploadItem): void {
  answered.add(item);
  if (wanted === item) wanted = null;
  changed();
}

/** The item to ask about now: the one that a person pointed at, else the first of a drop that was not put aside. Late ones wait for "Decide". */
export function useClashAsked(clashes: readonly UploadItem[]): UploadItem | null {
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => revision,
    () => 0,
  );
  const open = clashes.filter((item) => item.clash !== null && !answered.has(item));
  if (wanted && open.includes(wanted)) return wanted;
  return open.find((item) => !item.clash?.late && !aside.has(item.batch)) ?? null;
}
