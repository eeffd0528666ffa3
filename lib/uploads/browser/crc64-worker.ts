import { crc64nvmeOf } from './crc64nvme.ts';
import type { HashAnswer, HashRequest } from './worker-hasher.ts';

type WorkerScope = {
  onmessage: ((event: MessageEvent<HashRequest>) => void) | null;
  postMessage(message: HashAnswer): void;
};
const scope = globalThis as unknown as WorkerScope;

/** Up to this size a Blob is read as a whole, so that the next one is read while this one is hashed; larger ones go in steps. 32 MiB. */
const wholeBytes = 32 * 1024 * 1024;

scope.onmessage = async ({ data: { id, blob } }) => {
  try {
    const bytes = blob.size > wholeBytes ? blob : await blob.arrayBuffer();
    scope.postMessage({ id, crc64nvme: await crc64nvmeOf(bytes) });
  } catch (error) {
    const { name, message } = error as Error;
    scope.postMessage({ id, error: { name, message } });
  }
};
