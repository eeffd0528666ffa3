import { appTransport } from './app-transport.ts';
import { createUploadEngine, type UploadEngine } from './upload-engine.ts';
import { createWorkerHasher } from './worker-hasher.ts';

let engine: UploadEngine | null = null;

/** The one engine of this tab: it outlives every page of the app. Only in a browser. */
export function browserEngine(): UploadEngine {
  engine ??= createUploadEngine(
    appTransport,
    createWorkerHasher(() => new Worker(new URL('./crc64-worker.ts', import.meta.url), { type: 'module' })),
    { pageIsHttps: location.protocol === 'https:' },
  );
  return engine;
}
