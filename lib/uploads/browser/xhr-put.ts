import { keptBytes } from './small-files.ts';
import type { Body, PutOutcome, SignedRequest } from './types.ts';

/** Without a byte of progress for this long the request is given up as broken; S3 itself closes idle uploads after 20 s or more. */
const stalledMs = 60_000;
/** Small bodies are sent without progress events, which cost a fifth of the page's work for them; they get the time of a 16 kbit/s line. */
const slowestBytesPerMs = 2;

/**
 * One PUT to the store with progress, which fetch has not over HTTP/1.1 (performance.md section 1).
 * Sends exactly the signed headers; no cookies. Never throws: every end is an outcome.
 */
export function xhrPut(
  request: SignedRequest,
  body: Body,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (bytes: number) => void },
): Promise<PutOutcome> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'aborted' });
    const xhr = new XMLHttpRequest();
    const stop = () => xhr.abort();
    let stalled = false;
    let watch: ReturnType<typeof setTimeout>;
    const small = !(body instanceof Blob) && body.byteLength <= keptBytes;
    const patienceMs = small ? stalledMs + body.byteLength / slowestBytesPerMs : stalledMs;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => {
        stalled = true;
        xhr.abort();
      }, patienceMs);
    };
    const end = (outcome: PutOutcome) => {
      clearTimeout(watch);
      signal.removeEventListener('abort', stop);
      resolve(outcome);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (!small)
      xhr.upload.onprogress = ({ loaded }) => {
        alive();
        onProgress(loaded);
      };
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300) return end({ kind: 'ok' });
      end({ kind: 'http', status: xhr.status, ...readStoreError(xhr.responseText) });
    };
    xhr.onerror = () => end({ kind: 'network' });
    xhr.onabort = () => end(stalled ? { kind: 'network' } : { kind: 'aborted' });
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    alive();
    xhr.send(body);
  });
}

/** Code and message of S3's XML error; empty when the answer is something else (a proxy's page). */
export function readStoreError(xml: string): { code: string; message: string } {
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  return { code: field('Code'), message: field('Message') };
}
