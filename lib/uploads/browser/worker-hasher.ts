import { keptBytes } from './small-files.ts';
import type { Hasher, ReadFile } from './types.ts';

/** Several Blobs in one: `sizes` tells them apart. `keep`: the bytes are handed back beside the checksums. */
export type HashRequest = { id: number; blob: Blob; sizes: number[]; keep: boolean };
export type HashAnswer =
  | { id: number; crc64nvme: string[]; bytes: ArrayBuffer | null }
  | { id: number; error: { name: string; message: string } };

type Job = {
  order: number;
  blob: Blob;
  keep: boolean;
  /** One of the files it was read together with could not be read: each is tried by itself. */
  alone: boolean;
  resolve: (read: ReadFile) => void;
  reject: (reason: unknown) => void;
};

/** One is read while another is hashed; more would only fill memory. */
const atOnce = 2;
/** Small files that are read in one go: each read of its own costs the browser five messages between its processes, 0.3 ms. */
const mostTogether = 50;
const mostBytesTogether = 4 * 1024 * 1024;

/** A hasher on one Web Worker, started at the first use. Jobs go by `order`, so that a file under way is not held up by those behind it. */
export function createWorkerHasher(startWorker: () => Worker): Hasher {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting: Job[] = [];
  const running = new Map<number, Job[]>();
  let pumping = false;

  function pump() {
    while (running.size < atOnce && waiting.length > 0) {
      const jobs = takeTogether(waiting);
      const id = nextId++;
      running.set(id, jobs);
      const blobs = jobs.map((job) => job.blob);
      open().postMessage({
        id,
        blob: blobs.length === 1 ? (blobs[0] as Blob) : new Blob(blobs),
        sizes: blobs.map((blob) => blob.size),
        keep: jobs.some((job) => job.keep),
      } satisfies HashRequest);
    }
  }

  /** Files that are taken in hand one after the other are read together. */
  function pumpSoon() {
    if (pumping) return;
    pumping = true;
    queueMicrotask(() => {
      pumping = false;
      try {
        pump();
      } catch (error) {
        giveUp(error);
      }
    });
  }

  /** The worker itself broke (its script did not load, WebAssembly is not allowed): the next use starts a new one. */
  function giveUp(reason: unknown) {
    worker?.terminate();
    worker = null;
    for (const job of [...[...running.values()].flat(), ...waiting.splice(0)]) job.reject(reason);
    running.clear();
  }

  function open(): Worker {
    if (worker) return worker;
    worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<HashAnswer>) => {
      const jobs = running.get(data.id) ?? [];
      running.delete(data.id);
      if (!('error' in data)) settle(jobs, data.crc64nvme, data.bytes);
      else if (jobs.length > 1) for (const job of jobs.reverse()) insert({ ...job, alone: true });
      else jobs[0]?.reject(new DOMException(data.error.message, data.error.name));
      pump();
    };
    worker.onerror = (event) =>
      giveUp(new DOMException(event.message || 'The checksum worker did not start.', 'OperationError'));
    return worker;
  }

  function insert(job: Job) {
    // From the back: nearly always the new one goes last.
    let at = waiting.length;
    while (at > 0 && (waiting[at - 1] as Job).order > job.order) at -= 1;
    waiting.splice(at, 0, job);
  }

  function read(blob: Blob, keep: boolean, { order, signal }: { order: number; signal: AbortSignal }) {
    return new Promise<ReadFile>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => {
        const index = waiting.findIndex((one) => one.reject === end.reject);
        if (index !== -1) waiting.splice(index, 1);
        reject(signal.reason);
      };
      const end = {
        resolve: (found: ReadFile) => {
          signal.removeEventListener('abort', onAbort);
          resolve(found);
        },
        reject: (reason: unknown) => {
          signal.removeEventListener('abort', onAbort);
          reject(reason);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      insert({ order, blob, keep, alone: false, ...end });
      pumpSoon();
    });
  }

  return {
    hash: async (blob, options) => (await read(blob, false, options)).crc64nvme,
    read: (file, options) => read(file, file.size <= keptBytes, options),
  };
}

/** The next job, with the small ones right behind it. */
function takeTogether(waiting: Job[]): Job[] {
  const first = waiting.shift() as Job;
  const jobs = [first];
  if (!first.keep || first.alone) return jobs;
  let bytes = first.blob.size;
  while (jobs.length < mostTogether) {
    const next = waiting[0];
    if (!next?.keep || next.alone || bytes + next.blob.size > mostBytesTogether) break;
    bytes += next.blob.size;
    jobs.push(next);
    waiting.shift();
  }
  return jobs;
}

function settle(jobs: Job[], checksums: string[], bytes: ArrayBuffer | null): void {
  let at = 0;
  for (const [i, job] of jobs.entries()) {
    const size = job.blob.size;
    job.resolve({
      crc64nvme: checksums[i] as string,
      bytes: bytes && job.keep ? new Uint8Array(bytes, at, size) : null,
    });
    at += size;
  }
}
