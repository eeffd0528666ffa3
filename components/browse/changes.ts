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
/** Who waited this long for a change, in ms, is past the burst. */
const calmMs = 1_000;
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
    };
  }, [library, queries, router]);
}

/** Ends by abort only, or by an error that waiting does not cure. */
async function follow(library: string, refresh: Refresh, signal: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs;
  while (!signal.aborted) {
    const after = seeds.get(library);
    const asked = performance.now();
    try {
      const answer = await api('GET /libraries/{library}/changes', { library, after }, { signal });
      retryMs = firstRetryMs;
      reportFetchAnswered();
      seeds.set(library, answer.cursor);
      if (performance.now() - asked > calmMs) refresh.calm();
      // Without a place to go on from, anything may have happened.
      const anything = answer.reset || after === undefined;
      // What happens while the page rests is told in one answer: an upload of thousands does not ask for each.
      if (anything || answer.changes.length > 0)
        await pause(await refresh.show(anything ? null : answer.changes), signal);
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

/** Reads again what lies above changes, and says when that is done and how long to rest. */
class Refresh {
  readonly #queries: QueryClient;
  readonly #library: string;
  #gap = 0;

  constructor(queries: QueryClient, library: string) {
    this.#queries = queries;
    this.#library = library;
  }

  /** Nothing happened for a while: the next change is the first of a burst. */
  calm(): void {
    this.#gap = 0;
  }

  /** @param changes null: anything may have changed @returns ms until the next round */
  async show(changes: LibraryChange[] | null): Promise<number> {
    const started = performance.now();
    for (const listener of listeners) listener(this.#library, changes ?? []);
    const ids = new Set(changes?.filter(({ kind }) => kind === 'asset').map(({ id }) => id));
    await this.#queries.invalidateQueries({
      predicate: ({ queryKey: [kind, library, detail] }) => {
        if (kind === 'asset' || kind === 'versions') return changes === null || ids.has(String(library));
        if (library !== this.#library) return false;
        if (kind !== 'entries' && kind !== 'folders' && kind !== 'past')
          return kind === 'trash' || kind === 'activity' || kind === 'search';
        return changes === null || changes.some(({ path }) => path.startsWith(String(detail)));
      },
    });
    const took = performance.now() - started;
    this.#gap = Math.max(Math.min(lastGapMs, Math.max(gapMs, this.#gap * 2)), took * 4);
    return this.#gap;
  }
}
