import type { Buffers } from './buffers.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** From this size on a run is handed over as it is: copying it would cost more than its message. */
const runBytes = 64 * 1024;

/**
 * A stream in pieces that can be given away with their memory. Each is a message to another thread, and a ZIP has many small runs (names,
 * checksums, small files): they are gathered.
 * @param stream each run of 64 KiB and more has its memory for itself
 */
export async function* inPieces(stream: AsyncIterable<Bytes>, buffers: Buffers): AsyncGenerator<Bytes> {
  let piece = new Uint8Array(buffers.take());
  let filled = 0;
  const rest = () => {
    const full = piece.subarray(0, filled);
    piece = new Uint8Array(buffers.take());
    filled = 0;
    return full;
  };
  for await (const run of stream) {
    if (run.byteLength >= runBytes) {
      if (filled > 0) yield rest();
      yield run;
      continue;
    }
    for (let from = 0; from < run.byteLength; ) {
      const part = run.subarray(from, from + piece.byteLength - filled);
      piece.set(part, filled);
      filled += part.byteLength;
      from += part.byteLength;
      if (filled === piece.byteLength) yield rest();
    }
  }
  if (filled > 0) yield rest();
}
