'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';

export type Connection = { state: 'online' } | { state: 'offline' | 'unreachable'; since: number };

/** How often a server that does not answer is asked again, in milliseconds. */
export const PROBE_EVERY_MS = 8_000;

const ONLINE: Connection = { state: 'online' };
let connection: Connection = ONLINE;
const listeners = new Set<() => void>();

function set(next: Connection) {
  if (next.state === connection.state) return;
  connection = next;
  for (const listener of listeners) listener();
}

/** A request got no answer at all (a TypeError of fetch, not an error status). Shows the banner and starts asking /healthz. */
export function reportFetchFailed(): void {
  set({ state: navigator.onLine ? 'unreachable' : 'offline', since: Date.now() });
}

/** A request was answered, with whatever status. */
export function reportFetchAnswered(): void {
  set(ONLINE);
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
    () => ONLINE,
  );
}

/** Watches the network. `onBack` runs when the server answers again. Mounted once. */
export function useConnectionWatch(onBack: () => void): void {
  const { state } = useConnection();
  useEffect(() => {
    const down = () => set({ state: 'offline', since: Date.now() });
    const up = () => {
      if (connection.state === 'offline') set({ state: 'unreachable', since: Date.now() });
      void probe();
    };
    window.addEventListener('offline', down);
    window.addEventListener('online', up);
    if (!navigator.onLine) down();
    return () => {
      window.removeEventListener('offline', down);
      window.removeEventListener('online', up);
    };
  }, []);
  const wasAway = useRef(false);
  useEffect(() => {
    if (state === 'online') {
      if (wasAway.current) onBack();
      wasAway.current = false;
      return;
    }
    wasAway.current = true;
    const timer = setInterval(() => void probe(), PROBE_EVERY_MS);
    return () => clearInterval(timer);
  }, [state, onBack]);
}

async function probe(): Promise<void> {
  try {
    await fetch('/healthz', { cache: 'no-store' });
    set(ONLINE);
  } catch {
    // Still away: the banner says so, and the next probe follows.
  }
}
