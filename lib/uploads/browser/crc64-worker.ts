import { crc64nvmeOf } from './crc64nvme.ts';
import type { HashAnswer, HashRequest } from './worker-hasher.ts';

type WorkerScope = {
  onmessage: ((event: MessageEvent<HashRequest>) => void) | null;
  postMessage(message: HashAnswer, transfer?: Transferable[]): void;
};
const scope = globalThis as unknown as WorkerScope;

/** Up to this size a Blob is read as a whole, so that the next one is read while this one is hashed; larger ones go in steps. 32 MiB. */
const wholeBytes = 32 * 1024 * 1024;

scope.onmessage = async ({ data: { id, blob, sizes, keep } }) => {
  try {
    if (blob.size > wholeBytes) return scope.postMessage({ id, crc64nvme: [await crc64nvmeOf(blob)], bytes: null });
    const bytes = await blob.arrayBuffer();
    const crc64nvme: string[] = [];
    let at = 0;
    for (const size of sizes) {
      crc64nvme.push(await crc64nvmeOf(new Uint8Array(bytes, at, size)));
      at += size;
    }
    scope.postMessage({ id, crc64nvme, bytes: keep ? bytes : null }, keep ? [bytes] : []);
  } catch (error) {
    const { name, message } = error as Error;
    scope.postMessage({ id, error: { name, message } });
  }
};
