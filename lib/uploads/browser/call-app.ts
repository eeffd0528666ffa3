import { ApiError } from '#lib/http/api-client.ts';
import { backoffMs, sleep } from './backoff.ts';
import type { NetworkGate } from './network-gate.ts';

/** Answers of "not now" in a row before a person is asked; with pauses up to 20 s that is over two minutes. */
const patience = 12;
const internalPatience = 3;

/**
 * Calls the app and outlives its absence: no answer closes the gate and waits, 503 and 429 wait as long as they ask.
 * Every call made through this must be safe to repeat, since an answer may be lost.
 * @throws ApiError for everything else
 */
export async function callApp<T>(gate: NetworkGate, call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let failures = 0; ; ) {
    await gate.whenOpen(signal);
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failures += 1;
      if (error.code === 'network') {
        gate.close('app', null);
        continue;
      }
      const busy = error.status === 503 || error.status === 429;
      const limit = busy
        ? patience
        : error.status === 500 || error.status === 502 || error.status === 504
          ? internalPatience
          : 0;
      if (failures >= limit) throw error;
      await sleep(error.retryAfter ? error.retryAfter * 1000 : backoffMs(failures), signal);
    }
  }
}
