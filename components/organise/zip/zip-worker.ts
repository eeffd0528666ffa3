import { createArchiveLinks } from './archive-links.ts';
import { inPieces } from './in-pieces.ts';
import { makeZip } from './make-zip.ts';
import { createReadAhead } from './read-ahead.ts';
import { bytesOf } from './read-version.ts';
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

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ZipOrder>) => void;
  postMessage(word: ZipWord): void;
};
const stop = new AbortController();

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
 * Reads the files from the store, one after the other, small ones ahead, each over a link that is asked for shortly before, and gives the ZIP
 * to the download piece by piece, as it asks for them: nothing is kept, and a slow disk slows the store down.
 */
async function make({ library, entries, port }: Extract<ZipOrder, { kind: 'start' }>): Promise<void> {
  const { signal } = stop;
  let asked = 0;
  let wake = () => {};
  signal.addEventListener('abort', () => wake());
  port.onmessage = ({ data }: MessageEvent<{ kind: 'ready' | 'pull' | 'cancel' }>) => {
    if (data.kind === 'ready') scope.postMessage({ kind: 'ready' });
    else if (data.kind === 'pull') asked += 1;
    else stop.abort(new DOMException('The download was cancelled.', 'AbortError'));
    wake();
  };

  const linkOf = createArchiveLinks(library, entries);
  const read = (at: number) => bytesOf(entries[at] as ArchiveEntry, () => linkOf(at), signal);
  const ahead = createReadAhead(entries, read);
  async function* readInTurn(at: number) {
    const whole = await ahead.take(at);
    if (whole) yield whole;
    else yield* read(at);
  }
  const bytes = makeZip(entries, readInTurn, (number) => scope.postMessage({ kind: 'file', number }));
  for await (const piece of inPieces(bytes)) {
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
