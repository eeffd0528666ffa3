const prefix = 'strata-upload-';

/** Marks a session as being sent by this tab, until the returned function is called or the tab is gone. */
export function holdSession(sessionId: string): () => void {
  // Locks exist in secure contexts only; without them another tab may offer to continue what runs here.
  if (!navigator.locks) return () => {};
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const stop = new AbortController();
  navigator.locks
    .request(prefix + sessionId, { signal: stop.signal }, () => held)
    .catch((error: Error) => {
      // Let go of before it was granted.
      if (error.name !== 'AbortError') throw error;
    });
  return () => {
    release();
    stop.abort();
  };
}

/** Sessions that any tab is sending, this one included. */
export async function heldSessions(): Promise<Set<string>> {
  if (!navigator.locks) return new Set();
  const { held = [] } = await navigator.locks.query();
  const ids = held.map((lock) => lock.name ?? '').filter((name) => name.startsWith(prefix));
  return new Set(ids.map((name) => name.slice(prefix.length)));
}
