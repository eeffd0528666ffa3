'use client';

import { useSyncExternalStore } from 'react';

/** Which place would take the files that are being dragged: the page's folder, one of its folders, or none. */
export type DropOver = { folder: string; card: boolean } | null;

let over: DropOver = null;
const listeners = new Set<() => void>();

export function setDropOver(next: DropOver): void {
  if (next?.folder === over?.folder && next?.card === over?.card) return;
  over = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDropOver(): DropOver {
  return useSyncExternalStore(
    subscribe,
    () => over,
    () => null,
  );
}

/**
 * Makes a folder card, a row of the tree or a breadcrumb take dropped files instead of the page:
 * `const { over, props } = useDropTarget('campaigns/2026/')`, then `<div {...props} data-over={over || undefined}>`.
 */
export function useDropTarget(path: string): { over: boolean; props: { 'data-drop-folder': string } } {
  const isOver = useSyncExternalStore(
    subscribe,
    () => over?.card === true && over.folder === path,
    () => false,
  );
  return { over: isOver, props: { 'data-drop-folder': path } };
}
