'use client';

import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { reportFetchAnswered, reportFetchFailed } from '#components/shell/connection.ts';
import { ApiError, api, type OutputOf } from '#lib/http/api-client.ts';

export type LibraryChange = OutputOf<'GET /libraries/{library}/changes'>['changes'][number];
type Listener = (library: string, changes: LibraryChange[]) => void;

/**
 * A burst is shown at once, then again after this time, in ms, and ever more rarely while it goes on, up to the last: reading a folder again
 * takes processors and lines that an upload of thousands needs. More rarely still where reading takes long.
 */
const gapMs = 800;
const lastGapMs = 3_000;
/** The page tells where the server stood a moment after the frame is there. Ms. */
const seedWaitMs = 250;
const firstRetryMs = 1_000;
const lastRetryMs = 20_000;

const seeds = new Map<string, string>();
const listeners = new Set<Listener>();

/** Where the server stood when it rendered the page: the wait goes on from there, so that nothing is missed in between. */
export function seedChanges(library: string, cursor: string): void {
  if (!seeds.has(library)) seeds.set(library, cursor);
}

/** Hears of every change in the library that is open. */
export function useLibraryChanges(listener: Listener): void {
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listener]);
}

/**
 * Waits for changes of the open library and reads again what they touch; what is on the page stays until the new is there.
 * A hidden tab does not wait: browsers give a site six connections for all its tabs. Mounted once, in the frame.
 */
export function useChangeWatch(library: string | null): void {
  const queries = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    if (!library) return;
    let stop = new AbortController();
    const refresh = new Refresh(queries, library);
    const start = () => {
      stop.abort();
      stop = new AbortController();
      if (document.visibilityState === 'visible') {
        void follow(library, refresh, stop.signal).catch((error: unknown) => {
          // Signed out, disabled, or the library was taken away: the server says which.
          if (error instanceof ApiError) router.refresh();
          else throw error;
        });
      }
    };
    const first = setTimeout(start, seeds.has(library) ? 0 : seedWaitMs);
    document.addEventListener('visibilitychange', start);
    return () => {
      clearTimeout(first);
      document.removeEventListener('visibilitychange', start);
      stop.abort();
      refresh.stop();
    };
  }, [library, queries, router]);
}

/** Ends by abort only, or by an error that waiting does not cure. */
async function follow(library: string, refresh: Refresh, signal: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs;
  while (!signal.aborted) {
    const after = seeds.get(library);
    try {
      const answer = await api('GET /libraries/{library}/changes', { library, after }, { signal });
      retryMs = firstRetryMs;
      reportFetchAnswered();
      seeds.set(library, answer.cursor);
      // Without a place to go on from, anything may have happened.
      if (answer.reset || after === undefined) refresh.everything();
      else if (answer.changes.length > 0) refresh.add(answer.changes);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.code !== 'rate_limited') {
        if (error.code !== 'invalid_request') throw error;
        seeds.delete(library);
        continue;
      }
      if (error instanceof ApiError && error.code === 'network') reportFetchFailed();
      await pause(retryMs, signal);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}

/** Gathers changes and reads again what lies above them, one round at a time. */
class Refresh {
  readonly #queries: QueryClient;
  readonly #library: string;
  #waiting: LibraryChange[] = [];
  #all = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running = false;
  #gap = 0;

  constructor(queries: QueryClient, library: string) {
    this.#queries = queries;
    this.#library = library;
  }

  add(changes: LibraryChange[]): void {
    this.#waiting.push(...changes);
    this.#schedule();
  }

  everything(): void {
    this.#all = true;
    this.#schedule();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #schedule(): void {
    if (this.#timer || this.#running) return;
    // The first of a burst is shown at once, the rest in rounds.
    this.#timer = setTimeout(() => void this.#run(), this.#gap);
  }

  async #run(): Promise<void> {
    this.#timer = null;
    this.#running = true;
    const changes = this.#waiting;
    const all = this.#all;
    this.#waiting = [];
    this.#all = false;
    const started = performance.now();
    for (const listener of listeners) listener(this.#library, changes);
    const ids = new Set(changes.filter(({ kind }) => kind === 'asset').map(({ id }) => id));
    await this.#queries.invalidateQueries({
      predicate: ({ queryKey: [kind, library, detail] }) => {
        if (kind === 'asset' || kind === 'versions') return all || ids.has(String(library));
        if (library !== this.#library) return false;
        if (kind !== 'entries' && kind !== 'folders' && kind !== 'past')
          return kind === 'trash' || kind === 'activity' || kind === 'search';
        return all || changes.some(({ path }) => path.startsWith(String(detail)));
      },
    });
    const took = performance.now() - started;
    this.#gap = Math.max(Math.min(lastGapMs, Math.max(gapMs, this.#gap * 2)), took * 4);
    this.#running = false;
    if (this.#waiting.length > 0 || this.#all) this.#schedule();
    else
      setTimeout(() => {
        if (!this.#running && this.#waiting.length === 0) this.#gap = 0;
      }, this.#gap);
  }
}
