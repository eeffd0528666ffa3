type Bytes = Uint8Array<ArrayBuffer>;

/** Handed over at once: 256 KiB. Each is a message to another thread, and a ZIP has many small runs: names, checksums, small files. */
const pieceBytes = 256 * 1024;
/** From this size on a run is handed over as it is: copying it would cost more than its message. */
const runBytes = 64 * 1024;

/** A stream in pieces that can be given away with their memory. */
export async function* inPieces(stream: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  const rest = () => {
    const full = piece.subarray(0, filled);
    piece = new Uint8Array(pieceBytes);
    filled = 0;
    return full;
  };
  for await (const run of stream) {
    if (run.byteLength >= runBytes && run.byteLength === run.buffer.byteLength) {
      if (filled > 0) yield rest();
      yield run;
      continue;
    }
    for (let from = 0; from < run.byteLength; ) {
      const part = run.subarray(from, from + pieceBytes - filled);
      piece.set(part, filled);
      filled += part.byteLength;
      from += part.byteLength;
      if (filled === pieceBytes) yield rest();
    }
  }
  if (filled > 0) yield rest();
}
