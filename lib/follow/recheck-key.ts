import { setTimeout as sleep } from 'node:timers/promises';
import { syncKey } from '#lib/indexing/sync-key.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';

/** How long whoever opens something waits for the store at most, milliseconds. A later answer reaches the page as a change. */
const patienceMs = 400;
/** A key that this process looked at so recently is not looked at again for a person, milliseconds. */
const freshMs = 10_000;
/** Looks for people under way in this process; more are left to events and reconcile, so that a slow store piles nothing up. */
const mostAtOnce = 8;
/** Keys remembered; the oldest are forgotten first. */
const mostRemembered = 10_000;

type Looks = { lookedAt: Map<string, number>; underWay: Map<string, Promise<void>> };
// Next keeps several module graphs in one process.
const holder = globalThis as { strataLooks?: Looks };

/**
 * Asks the store about a key that a person opens, and waits a moment for the answer, so that what is shown next is right. Never throws:
 * a store that is away leaves the index as it was, and the page's foot says how old that is.
 */
export async function recheckKey(library: LibraryContext, key: string): Promise<void> {
  holder.strataLooks ??= { lookedAt: new Map(), underWay: new Map() };
  const { lookedAt, underWay } = holder.strataLooks;
  const place = `${library.id} ${key}`;
  if (Date.now() - (lookedAt.get(place) ?? 0) < freshMs) return;
  let look = underWay.get(place);
  if (!look) {
    if (underWay.size >= mostAtOnce) return;
    look = syncKey(library, key)
      .then(() => {
        lookedAt.delete(place);
        lookedAt.set(place, Date.now());
        if (lookedAt.size > mostRemembered) lookedAt.delete(lookedAt.keys().next().value as string);
      })
      .catch((error) =>
        log().warn({ err: error, library: library.slug }, 'a key that was opened could not be looked at'),
      )
      .finally(() => underWay.delete(place));
    underWay.set(place, look);
  }
  const patience = new AbortController();
  await Promise.race([look, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => {})]);
  patience.abort();
}
