import type { ArchiveEntry } from './zip-entries.ts';

/** Files up to this size are read as a whole before their turn: 1 MiB. Of larger ones the bytes themselves take the time. */
const smallBytes = 1024 * 1024;
/** Files read ahead; a browser opens six connections to a store, and a large file has one of them. */
const mostAhead = 5;

/** Reads the small ones of the next files while those before them are saved, 5 MiB at most: each would cost a round trip to the store. */
export function createReadAhead(
  entries: readonly ArchiveEntry[],
  read: (at: number) => AsyncIterable<Uint8Array<ArrayBuffer>>,
) {
  const under = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  function start(at: number): void {
    const { id, size } = entries[at] as ArchiveEntry;
    if (id === null || size > smallBytes || under.has(at)) return;
    const whole = gather(read(at), size);
    // Its error is told when its turn comes, if it ever does.
    whole.catch(() => undefined);
    under.set(at, whole);
  }

  return {
    /** The bytes of a small file, and a start for those behind it; null for a large one. @throws what reading it threw */
    async take(at: number): Promise<Uint8Array<ArrayBuffer> | null> {
      for (let next = at; next < entries.length && next <= at + mostAhead; next++) start(next);
      const whole = under.get(at);
      under.delete(at);
      return (await whole) ?? null;
    },
  };
}

async function gather(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(size);
  let at = 0;
  for await (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
