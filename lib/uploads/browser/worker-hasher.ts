import type { Hasher } from './types.ts';

export type HashRequest = { id: number; blob: Blob };
export type HashAnswer = { id: number; crc64nvme: string } | { id: number; error: { name: string; message: string } };

type Job = {
  id: number;
  order: number;
  blob: Blob;
  resolve: (crc64nvme: string) => void;
  reject: (reason: unknown) => void;
};

/** One is read while another is hashed; more would only fill memory. */
const atOnce = 2;

/** A hasher on one Web Worker, started at the first use. Jobs go by `order`, so that a file under way is not held up by those behind it. */
export function createWorkerHasher(startWorker: () => Worker): Hasher {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting: Job[] = [];
  const running = new Map<number, Job>();

  function pump() {
    while (running.size < atOnce && waiting.length > 0) {
      const job = waiting.shift() as Job;
      running.set(job.id, job);
      open().postMessage({ id: job.id, blob: job.blob } satisfies HashRequest);
    }
  }

  function open(): Worker {
    if (worker) return worker;
    worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<HashAnswer>) => {
      const job = running.get(data.id);
      running.delete(data.id);
      if (job && 'error' in data) job.reject(new DOMException(data.error.message, data.error.name));
      else if (job && 'crc64nvme' in data) job.resolve(data.crc64nvme);
      pump();
    };
    worker.onerror = (event) => {
      // The worker itself broke (its script did not load, WebAssembly is not allowed): the next use starts a new one.
      worker?.terminate();
      worker = null;
      const reason = new DOMException(event.message || 'The checksum worker did not start.', 'OperationError');
      for (const job of [...running.values(), ...waiting.splice(0)]) job.reject(reason);
      running.clear();
    };
    return worker;
  }

  return {
    hash(blob, { order, signal }) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const job: Job = { id: nextId++, order, blob, resolve, reject };
        // From the back: nearly always the new one goes last.
        let at = waiting.length;
        while (at > 0 && (waiting[at - 1] as Job).order > order) at -= 1;
        waiting.splice(at, 0, job);
        signal.addEventListener(
          'abort',
          () => {
            const index = waiting.indexOf(job);
            if (index !== -1) waiting.splice(index, 1);
            reject(signal.reason);
          },
          { once: true },
        );
        pump();
      });
    },
  };
}
