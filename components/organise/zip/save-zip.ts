import type { ArchiveEntry } from './zip-entries.ts';
import type { ZipOrder, ZipWord } from './zip-worker.ts';

/** Where the download's worker lives; nothing else is under it. */
const scope = '/zip/';
/** Milliseconds between two words to the worker: browsers stop one that hears nothing for half a minute. */
const pingEvery = 10_000;
/** Pieces that it may ask for before the first of them came: 2 MiB on their way. */
const ahead = 8;

/** Why a ZIP cannot be saved by this browser, in words; null when it can. */
export function whyNoZip(): string | null {
  if (typeof navigator === 'undefined' || 'serviceWorker' in navigator) return null;
  return window.isSecureContext
    ? 'This browser keeps pages from saving what they make. Outside of a private window it may.'
    : 'Browsers save a ZIP only from a page with https. Ask your admin.';
}

/**
 * Saves a ZIP as a download of the browser. One worker makes it, another is what the download reads from; the page itself sees no byte.
 * Resolves when the last piece is handed over.
 * @param length of the finished ZIP
 * @param onFile is told the number of the file that is begun
 * @param signal gives the download up
 * @throws what reading the files threw, and an AbortError when it was given up or the browser's own download was cancelled
 */
export async function saveZip(
  zip: { library: string; entries: readonly ArchiveEntry[]; name: string; length: number },
  onFile: (number: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const sink = await activeWorker();
  const id = crypto.randomUUID();
  const { port1, port2 } = new MessageChannel();
  const maker = new Worker(new URL('./zip-worker.ts', import.meta.url), { type: 'module' });
  const tell = (order: ZipOrder, transfer: Transferable[] = []) => maker.postMessage(order, transfer);
  const ping = setInterval(() => sink.postMessage({ kind: 'ping' }), pingEvery);
  const frame = document.createElement('iframe');
  frame.hidden = true;
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => tell({ kind: 'stop' }), { once: true });
      maker.onerror = (event) => reject(new Error(event.message || 'The worker that makes the ZIP did not start.'));
      maker.onmessage = ({ data }: MessageEvent<ZipWord>) => {
        if (data.kind === 'ready') {
          // A frame and not a navigation: whatever comes back, the page stays.
          frame.src = `${scope}stream/${id}`;
          document.body.append(frame);
        } else if (data.kind === 'file') onFile(data.number);
        else if (data.kind === 'done') resolve();
        else if (data.name === 'AbortError') reject(new DOMException(data.message, data.name));
        else reject(Object.assign(new Error(data.message), { name: data.name }));
      };
      tell({ kind: 'start', library: zip.library, entries: zip.entries, port: port1 }, [port1]);
      sink.postMessage({ kind: 'offer', id, name: zip.name, length: String(zip.length), ahead, reuses: true }, [port2]);
      if (signal.aborted) tell({ kind: 'stop' });
    });
  } finally {
    clearInterval(ping);
    // What it sent last is on its way to the download.
    setTimeout(() => maker.terminate(), 10_000);
    // Taken away at once, the frame would take its download along in some browsers.
    setTimeout(() => frame.remove(), 10_000);
  }
}

async function activeWorker(): Promise<ServiceWorker> {
  const registration = await navigator.serviceWorker.register(`${scope}worker.js`, { scope });
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker) throw new Error('The browser did not start the worker that saves files.');
  if (worker.state === 'activated') return worker;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('The browser gave up the worker that saves files.'));
    });
  });
  return worker;
}
