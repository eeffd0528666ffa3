import { backoffMs, sleep } from './backoff.ts';
import type { Transport } from './types.ts';

export type Missing = 'network' | 'store' | 'app';
export type GateState = { missing: Missing; since: number; nextTryAt: number } | null;

/** While the network is away the browser's event comes first; this is the longest wait for a probe. 15 s. */
const longestPauseMs = 15_000;

/**
 * Closed while the network, the store or the app does not answer: everything waits, nothing fails. It probes with growing
 * pauses, at once when the browser says "online", and opens by itself.
 */
export function createNetworkGate(
  transport: Pick<Transport, 'probe' | 'onOnline'>,
  onChange: (state: GateState) => void,
) {
  let state: GateState = null;
  let waiters: (() => void)[] = [];
  let storeUrl: string | null = null;
  let stop = new AbortController();

  function open() {
    state = null;
    stop.abort();
    onChange(null);
    for (const go of waiters.splice(0)) go();
  }

  async function probeUntilOpen() {
    for (let attempt = 0; state; attempt += 1) {
      const pause = Math.min(longestPauseMs, backoffMs(attempt + 1));
      state = { ...state, nextTryAt: Date.now() + pause };
      onChange(state);
      const wake = new AbortController();
      const stopListening = transport.onOnline(() => wake.abort());
      await sleep(pause, AbortSignal.any([wake.signal, stop.signal])).catch(() => undefined);
      stopListening();
      if (!state) return;
      const reach = await transport.probe(storeUrl);
      if (!state) return;
      const missing: Missing | null =
        !reach.online || (!reach.app && !reach.store) ? 'network' : !reach.store ? 'store' : !reach.app ? 'app' : null;
      if (missing === null) return open();
      state = { ...state, missing };
    }
  }

  return {
    state: () => state,
    /** Everything waits from now on. A second call while closed only renews the reason. */
    close(missing: Missing, url: string | null) {
      storeUrl = url ?? storeUrl;
      if (state) {
        state = { ...state, missing };
        return;
      }
      stop = new AbortController();
      state = { missing, since: Date.now(), nextTryAt: Date.now() };
      void probeUntilOpen();
    },
    /** "Try now". */
    openNow: () => state && open(),
    /** @throws the signal's reason */
    whenOpen(signal?: AbortSignal): Promise<void> {
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (!state) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          waiters = waiters.filter((w) => w !== go);
          reject(signal?.reason);
        };
        const go = () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiters.push(go);
      });
    },
  };
}
export type NetworkGate = ReturnType<typeof createNetworkGate>;
