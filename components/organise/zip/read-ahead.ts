import type { Buffers } from './buffers.ts';
import type { Part } from './plan-parts.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Requests under way: a browser opens six connections to a store. */
const mostAtOnce = 6;
/** Bytes under way, 8 MiB: two parts of large files. Memory is what more would cost. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Reads parts ahead of their turn, across files: each costs a round trip to the store, and one connection alone does not fill the line.
 * @param parts in the order of the ZIP
 * @returns reads the entry at a place; entries are to be read in their order. A run of bytes may be given away with its memory; if it is not, it
 * holds until the next one is asked for. Throws what reading threw
 */
export function createReadAhead(
  parts: Iterator<Part, undefined>,
  read: (part: Part) => Promise<Bytes[]>,
  buffers: Pick<Buffers, 'give'>,
): (at: number) => AsyncGenerator<Bytes> {
  const under: { at: number; bytes: number; runs: Promise<Bytes[]> }[] = [];
  const fill = () => {
    let bytes = under.reduce((sum, one) => sum + one.bytes, 0);
    while (under.length < mostAtOnce && bytes < mostBytes) {
      const { value: part } = parts.next();
      if (!part) return;
      const runs = read(part);
      // Told when its turn comes, if it ever does.
      runs.catch(() => undefined);
      under.push({ at: part.at, bytes: part.to - part.from, runs });
      bytes += part.to - part.from;
    }
  };
  return async function* readInTurn(at) {
    for (fill(); under[0]?.at === at; fill()) {
      const runs = await under[0].runs;
      under.shift();
      fill();
      for (const run of runs) {
        yield run;
        buffers.give(run.buffer);
      }
    }
  };
}
