import { createArchiveLinks } from './archive-links.ts';
import { createBuffers } from './buffers.ts';
import { inPieces } from './in-pieces.ts';
import { makeZip } from './make-zip.ts';
import { type Part, planParts } from './plan-parts.ts';
import { createReadAhead } from './read-ahead.ts';
import { readPart } from './read-part.ts';
import type { ArchiveEntry } from './zip-entries.ts';

/** From the page. `port` leads to the worker that feeds the browser's download. */
export type ZipOrder =
  | { kind: 'start'; library: string; entries: readonly ArchiveEntry[]; port: MessagePort }
  | { kind: 'stop' };
/** To the page. `ready`: the download may be begun; `file`: the number of the one that is begun. */
export type ZipWord =
  | { kind: 'ready' }
  | { kind: 'file'; number: number }
  | { kind: 'done' }
  | { kind: 'fail'; name: string; message: string };

/** From the worker that feeds the download. `spent`: these bytes are with the browser, their memory may be used again. */
type FromSink = { kind: 'ready' | 'pull' | 'cancel' } | { kind: 'spent'; buffer: ArrayBuffer };

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ZipOrder>) => void;
  postMessage(word: ZipWord): void;
};
const stop = new AbortController();
/** Bytes that are read and handed over at once: 256 KiB. */
const pieceBytes = 256 * 1024;

scope.onmessage = ({ data }) => {
  if (data.kind === 'stop') return stop.abort(new DOMException('Cancelled', 'AbortError'));
  const { port } = data;
  make(data).then(
    () => {
      port.postMessage({ kind: 'end' });
      scope.postMessage({ kind: 'done' });
    },
    (error: Error) => {
      port.postMessage({ kind: 'fail', reason: String(error) });
      scope.postMessage({ kind: 'fail', name: error.name, message: error.message });
    },
  );
};

/**
 * Reads the files from the store, in parts and some parts ahead, over links that are asked for shortly before, and gives the ZIP to the download
 * piece by piece, as it asks for them: little is kept, and a slow disk slows the store down.
 */
async function make({ library, entries, port }: Extract<ZipOrder, { kind: 'start' }>): Promise<void> {
  const { signal } = stop;
  let asked = 0;
  let wake = () => {};
  signal.addEventListener('abort', () => wake());
  const buffers = createBuffers(pieceBytes);
  port.onmessage = ({ data }: MessageEvent<FromSink>) => {
    if (data.kind === 'spent') return buffers.give(data.buffer);
    if (data.kind === 'ready') scope.postMessage({ kind: 'ready' });
    else if (data.kind === 'pull') asked += 1;
    else stop.abort(new DOMException('The download was cancelled.', 'AbortError'));
    wake();
  };

  const linkOf = createArchiveLinks(library, entries);
  const read = (part: Part) => readPart(part, entries[part.at]?.name ?? '', () => linkOf(part.at), signal, buffers);
  const readInTurn = createReadAhead(planParts(entries), read, buffers);
  const bytes = makeZip(entries, readInTurn, (number) => scope.postMessage({ kind: 'file', number }));
  for await (const piece of inPieces(bytes, buffers)) {
    while (asked === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    signal.throwIfAborted();
    asked -= 1;
    port.postMessage({ kind: 'piece', bytes: piece }, [piece.buffer]);
  }
}
