import type { ReactNode } from 'react';

export interface ToastInput {
  /** What happened, in one sentence: "3 files moved to trash". */
  title: ReactNode;
  /** For errors: why, and what to do. */
  detail?: ReactNode;
  /** `error` stays until it is closed. */
  kind?: 'done' | 'error';
  /** Work under way: it stays until it is closed, or replaced by its key. */
  stays?: boolean;
  /** A 16 px Lucide icon; a tick or a warning by default. */
  icon?: ReactNode;
  /** Undo, Retry, Show. The toast closes when it is used. */
  action?: { label: string; onClick: () => void };
  /** Of the failed request; shown in mono. */
  requestId?: string;
  /** A toast with the same key takes the place of the earlier one. */
  key?: string;
}

export interface ToastEntry extends ToastInput {
  id: number;
}

/** How long a toast stays (the line under it shrinks in this time), in milliseconds. */
export const TOAST_LIFE_MS = 10_000;
const SHOWN_AT_MOST = 3;

let entries: readonly ToastEntry[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly ToastEntry[]) {
  entries = next;
  for (const listener of listeners) listener();
}

/** Puts a toast up and returns its id. Beyond three the oldest goes; errors wait behind it instead, and come back. */
export function addToast(input: ToastInput): number {
  const id = nextId++;
  const others = input.key === undefined ? entries : entries.filter((entry) => entry.key !== input.key);
  const next = [...others, { ...input, id }];
  let surplus = next.length - SHOWN_AT_MOST;
  set(next.filter((entry) => entry.kind === 'error' || entry.id === id || surplus-- <= 0));
  return id;
}

export function closeToast(id: number): void {
  set(entries.filter((entry) => entry.id !== id));
}

export function allToasts(): readonly ToastEntry[] {
  return entries;
}

/** The newest three, oldest first. */
export function shownToasts(all: readonly ToastEntry[]): readonly ToastEntry[] {
  return all.slice(-SHOWN_AT_MOST);
}

export function listenToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
