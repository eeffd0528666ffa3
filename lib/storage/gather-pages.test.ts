import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { gatherPages } from './gather-pages.ts';
import type { KeyPage } from './list-version-keys.ts';

const tally = { listed: 0, closed: false };
/** Pages "0" to "n-1" of one key each, the last one without an end. */
async function* listing(count: number, fault?: Error): AsyncGenerator<KeyPage> {
  Object.assign(tally, { listed: 0, closed: false });
  try {
    for (let at = 0; at < count; at += 1) {
      tally.listed += 1;
      yield { keys: [{ key: String(at), versions: [] }], upTo: at === count - 1 && !fault ? null : String(at) };
    }
    if (fault) throw fault;
  } finally {
    tally.closed = true;
  }
}
const keysOf = (page: KeyPage) => page.keys.map(({ key }) => key).join('');

describe('gatherPages', () => {
  it('gives every key once, in order, with the end of the last page', async () => {
    const found: KeyPage[] = [];
    for await (const page of gatherPages(listing(9), 3)) {
      found.push(page);
      await sleep(1);
    }
    expect(found.map(keysOf).join('')).toBe('012345678');
    expect(found.at(-1)?.upTo).toBeNull();
    expect(Math.max(...found.map((page) => page.keys.length))).toBe(3);
    for (const page of found.slice(0, -1)) expect(page.upTo).toBe(page.keys.at(-1)?.key);
  });

  it('runs ahead of its reader by no more than it may', async () => {
    const pages = gatherPages(listing(50), 3);
    await pages.next();
    await sleep(5);
    expect(tally.listed).toBeLessThanOrEqual(5);
    await pages.return(undefined);
    expect(tally.closed).toBe(true);
  });

  it('tells a fault of the listing after what came before it', async () => {
    let seen = '';
    const read = async () => {
      for await (const page of gatherPages(listing(4, new Error('cut')), 2)) seen += keysOf(page);
    };
    await expect(read()).rejects.toThrow('cut');
    expect(seen).toBe('0123');
  });

  it('ends the listing when its reader fails', async () => {
    const read = async () => {
      for await (const _ of gatherPages(listing(50), 2)) throw new Error('reader');
    };
    await expect(read()).rejects.toThrow('reader');
    expect(tally.closed).toBe(true);
  });

  it('ends with an empty listing', async () => {
    expect((await gatherPages(listing(0)).next()).done).toBe(true);
  });
});
