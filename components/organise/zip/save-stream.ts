/** Where the worker's downloads live; nothing else is under it. */
const scope = '/zip/';
/** Milliseconds between two words to the worker: browsers stop one that hears nothing for half a minute. */
const pingEvery = 10_000;
/** Handed over at once: 256 KiB. */
const pieceBytes = 256 * 1024;

/** Why a ZIP cannot be saved by this browser, in words; null when it can. */
export function whyNoStream(): string | null {
  if (typeof navigator === 'undefined' || 'serviceWorker' in navigator) return null;
  return window.isSecureContext
    ? 'This browser keeps pages from saving what they make. Outside of a private window it may.'
    : 'Browsers save a ZIP only from a page with https. Ask your admin.';
}

/**
 * Saves a stream as a download of the browser, piece by piece as it takes them: nothing is kept in memory.
 * Resolves when the last piece is handed over.
 * @param signal gives the download up
 * @throws what the stream throws, and an AbortError when the browser's own download was cancelled
 */
export async function saveStream(
  stream: ReadableStream<Uint8Array>,
  { name, length }: { name: string; length: bigint },
  signal: AbortSignal,
): Promise<void> {
  const worker = await activeWorker();
  const id = crypto.randomUUID();
  const { port1: port, port2 } = new MessageChannel();
  const reader = stream.getReader();
  const ping = setInterval(() => worker.postMessage({ kind: 'ping' }), pingEvery);
  const frame = document.createElement('iframe');
  frame.hidden = true;
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: unknown) => {
        port.postMessage({ kind: 'fail', reason: String(reason) });
        reject(reason);
      };
      const next = inPieces(reader);
      const send = async () => {
        const bytes = await next();
        if (bytes) return port.postMessage({ kind: 'piece', bytes }, [bytes.buffer]);
        port.postMessage({ kind: 'end' });
        resolve();
      };
      signal.addEventListener('abort', () => fail(signal.reason), { once: true });
      port.onmessage = ({ data }) => {
        if (data.kind === 'ready') {
          // A frame and not a navigation: whatever comes back, the page stays.
          frame.src = `${scope}stream/${id}`;
          document.body.append(frame);
        } else if (data.kind === 'pull') send().catch(fail);
        else if (data.kind === 'cancel') reject(new DOMException('The download was cancelled.', 'AbortError'));
      };
      worker.postMessage({ kind: 'offer', id, name, length: String(length) }, [port2]);
    });
  } finally {
    clearInterval(ping);
    reader.cancel().catch(() => undefined);
    // Taken away at once, the frame would take its download along in some browsers.
    setTimeout(() => frame.remove(), 10_000);
  }
}

/**
 * The stream in pieces of 256 KiB; null at its end. Each piece is a message to the worker and back, and a stream has many small ones:
 * the name before each file, what is read of a line at a time.
 */
function inPieces(reader: ReadableStreamDefaultReader<Uint8Array>): () => Promise<Uint8Array<ArrayBuffer> | null> {
  let rest: Uint8Array = new Uint8Array();
  return async () => {
    const piece = new Uint8Array(pieceBytes);
    let filled = 0;
    while (filled < pieceBytes) {
      if (rest.byteLength === 0) {
        const { done, value } = await reader.read();
        if (done) break;
        rest = value;
      }
      const taken = rest.subarray(0, pieceBytes - filled);
      piece.set(taken, filled);
      filled += taken.byteLength;
      rest = rest.subarray(taken.byteLength);
    }
    if (filled === 0) return null;
    return filled === pieceBytes ? piece : piece.slice(0, filled);
  };
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
