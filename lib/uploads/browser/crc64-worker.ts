import { crc64nvmeOf } from './crc64nvme.ts';
import type { HashAnswer, HashRequest } from './worker-hasher.ts';

type WorkerScope = {
  onmessage: ((event: MessageEvent<HashRequest>) => void) | null;
  postMessage(message: HashAnswer, transfer?: Transferable[]): void;
};
const scope = globalThis as unknown as WorkerScope;

/** A body up to this size is read once and handed back with its checksum; a larger one is hashed in steps and sent from disk. 32 MiB. */
const keepBytes = 32 * 1024 * 1024;

scope.onmessage = async ({ data: { id, blob, keep } }) => {
  try {
    if (blob.size > keepBytes) {
      scope.postMessage({ id, crc64nvme: await crc64nvmeOf(blob), body: null });
      return;
    }
    const bytes = await blob.arrayBuffer();
    const crc64nvme = await crc64nvmeOf(bytes);
    if (keep) scope.postMessage({ id, crc64nvme, body: bytes }, [bytes]);
    else scope.postMessage({ id, crc64nvme, body: null });
  } catch (error) {
    const { name, message } = error as Error;
    scope.postMessage({ id, error: { name, message } });
  }
};
