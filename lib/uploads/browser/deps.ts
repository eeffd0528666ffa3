import type { Batcher } from './batcher.ts';
import type { ByteBudget } from './byte-budget.ts';
import type { NetworkGate } from './network-gate.ts';
import type { RequestSlots } from './request-slots.ts';
import type { CompleteResult, Hasher, SignResult, StartResult, Transport, UploadItem } from './types.ts';
import type { UploadStore } from './upload-store.ts';

/** What the steps of an upload share. */
export type Deps = {
  transport: Transport;
  hasher: Hasher;
  store: UploadStore;
  gate: NetworkGate;
  slots: RequestSlots;
  budget: ByteBudget;
  starts: Pick<Batcher<UploadItem, StartResult>, 'add' | 'reconsider'>;
  signs: Batcher<string, SignResult>;
  completes: Batcher<string, CompleteResult>;
  pageIsHttps: boolean;
};

/** One run of one file, ended by its signal (pause, cancel). */
export type Run = {
  deps: Deps;
  item: UploadItem;
  file: File;
  signal: AbortSignal;
  /** The checksum of the first bytes of a large file, on its way while the path is being reserved. Used once. */
  firstPart?: { bytes: number; crc64nvme: Promise<string> } | undefined;
};

/** The server knows nothing of the session any more, or the store of its parts: the file starts anew. */
export class SessionGone extends Error {}
