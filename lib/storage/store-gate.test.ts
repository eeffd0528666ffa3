import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { boundStoreCalls, throughStoreGate } from './store-gate.ts';

/** Calls that end when told. */
function makeCalls() {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const call = () =>
    throughStoreGate(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
    });
  return { call, ends, most: () => most };
}
const refused = { code: 'store_unavailable', status: 503, retryAfter: 5 };

describe('the store gate', () => {
  it('lets so many through, keeps so many in line, refuses the rest at once, and keeps no place', async () => {
    boundStoreCalls({ atOnce: 2, waiting: 2, waitMs: 60_000 });
    const { call, ends, most } = makeCalls();
    const made = [call(), call(), call(), call()];
    await expect(call()).rejects.toMatchObject(refused);
    while (ends.length > 0) {
      ends.shift()?.();
      await turn();
    }
    await Promise.all(made);
    expect(most()).toBe(2);
    const again = [call(), call()];
    await turn();
    expect(ends).toHaveLength(2);
    for (const end of ends) end();
    await Promise.all(again);
  });

  it('lets nobody stand in line for longer than said', async () => {
    boundStoreCalls({ atOnce: 1, waiting: 5, waitMs: 5 });
    const { call, ends } = makeCalls();
    const first = call();
    await expect(call()).rejects.toMatchObject(refused);
    ends[0]?.();
    await first;
  });

  it('gives the place of a call that failed to the next one', async () => {
    boundStoreCalls({ atOnce: 1, waiting: 5, waitMs: 60_000 });
    const failing = throughStoreGate(() => Promise.reject(new Error('no')));
    const next = throughStoreGate(async () => 'mine');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('mine');
  });
});
