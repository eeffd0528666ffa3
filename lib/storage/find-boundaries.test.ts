import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBoundaries } from './find-boundaries.ts';
import { compareKeys } from './key-order.ts';

/** A store that holds these keys and counts the questions. */
function store(keys: string[]) {
  const sorted = [...keys].sort(compareKeys);
  const asked = { requests: 0 };
  const firstKeyAfter = async (prefix: string, marker: string) => {
    asked.requests += 1;
    return sorted.find((key) => key.startsWith(prefix) && compareKeys(key, marker) > 0) ?? null;
  };
  return { firstKeyAfter, asked };
}

const range = <T>(count: number, name: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => name(n));

describe('findBoundaries', () => {
  it.each<[string, string[], string[]]>([
    ['an empty bucket', [], []],
    ['one folder with one file', ['a/b/c.jpg'], []],
    ['two folders', ['a/1', 'a/2', 'b/1'], ['b/']],
    ['a common way to three folders', ['x/y/a/1', 'x/y/b/1', 'x/y/c/1'], ['x/y/b/', 'x/y/c/']],
    ['names without folders', ['img_1', 'img_2', 'img_3'], ['img_2', 'img_3']],
  ])('%s', async (_, keys, expected) => {
    const { firstKeyAfter } = store(keys);
    const found = await findBoundaries(32, '', firstKeyAfter);
    for (const cut of expected) expect(found).toContain(cut);
  });

  it('cuts 10,000 flat names and 200 folders alike into many parts of similar weight', async () => {
    const flat = range(10_000, (n) => `IMG_${String(n).padStart(6, '0')}.jpg`);
    const folders = range(200, (n) => range(50, (m) => `shoots/${String(n).padStart(4, '0')}/${m}.jpg`)).flat();
    for (const keys of [flat, folders]) {
      const { firstKeyAfter, asked } = store(keys);
      const cuts = await findBoundaries(32, '', firstKeyAfter);
      expect(cuts.length).toBeGreaterThanOrEqual(9);
      expect(asked.requests).toBeLessThanOrEqual(96);
      const sorted = [...keys].sort(compareKeys);
      const weights = [...cuts, '\u{10ffff}'].map(
        (cut, at) =>
          sorted.filter((key) => compareKeys(key, cuts[at - 1] ?? '') > 0 && compareKeys(key, cut) <= 0).length,
      );
      expect(Math.max(...weights)).toBeLessThan(keys.length / 2);
    }
  });

  it('makes one cut of two keys that begin alike and end there', async () => {
    const { firstKeyAfter } = store(['root/e', 'root/e\0']);
    expect(await findBoundaries(8, 'root/', firstKeyAfter, 40)).toEqual(['root/e']);
  });

  it('ends within its budget, with ascending cuts under the prefix, whatever the keys', async () => {
    const keys = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(keys, async (names) => {
        const { firstKeyAfter, asked } = store(names.map((name) => `root/${name}`));
        const cuts = await findBoundaries(8, 'root/', firstKeyAfter, 40);
        expect(asked.requests).toBeLessThanOrEqual(40);
        expect(cuts.length).toBeLessThan(8);
        expect(cuts.every((cut) => cut.startsWith('root/') && cut !== 'root/')).toBe(true);
        expect(cuts).toEqual([...new Set(cuts)].sort(compareKeys));
      }),
    );
  });
});
