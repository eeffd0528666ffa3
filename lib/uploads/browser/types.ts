import type * as z from 'zod';
import type { AssetEntry } from '#lib/assets/schema.ts';
import type { OutputOf } from '#lib/http/api-client.ts';
import type { existingAsset, StartFile, signedRequest } from '../schema.ts';
import type { Failure } from './failure.ts';

export type ExistingAsset = z.infer<typeof existingAsset>;
export type SignedRequest = z.infer<typeof signedRequest>;
export type StartResult = OutputOf<'POST /libraries/{library}/uploads'>['results'][number];
export type SignResult = OutputOf<'POST /uploads/sign'>['results'][number];
export type SignedPart = OutputOf<'POST /uploads/{id}/parts'>['parts'][number];
export type CompleteResult = OutputOf<'POST /uploads/complete'>['results'][number];
export type StoredSession = OutputOf<'GET /uploads/{id}'>;
export type OpenSession = OutputOf<'GET /uploads'>['uploads'][number];

/** What a PUT to the store came to. `network`: no readable answer, which is also what a refusal without CORS headers looks like. */
export type PutOutcome =
  | { kind: 'ok' }
  | { kind: 'http'; status: number; code: string; message: string }
  | { kind: 'network' }
  | { kind: 'aborted' };

/** What answers right now. `cors` is whether the page may read an answer of the store. */
export type Reachability = {
  online: boolean;
  app: boolean;
  store: boolean;
  cors: boolean;
  /** Asked when the store does not answer this browser: whether it answers Strata's own server. */
  server?: boolean;
};

/** What is sent: from disk, or a small file's bytes. */
export type Body = Blob | Uint8Array<ArrayBuffer>;

/** Everything that the engine does to the world outside; tests hand in a fake one. */
export type Transport = {
  start(library: string, files: StartFile[]): Promise<StartResult[]>;
  sign(ids: string[]): Promise<SignResult[]>;
  signParts(id: string, parts: { number: number; crc64nvme: string }[]): Promise<SignedPart[]>;
  complete(ids: string[]): Promise<CompleteResult[]>;
  replace(id: string, expectedVersionId: string): Promise<void>;
  cancel(id: string): Promise<void>;
  session(id: string): Promise<StoredSession>;
  openSessions(): Promise<OpenSession[]>;
  put(
    request: SignedRequest,
    body: Body,
    options: { signal: AbortSignal; onProgress: (bytes: number) => void },
  ): Promise<PutOutcome>;
  /** @param storeUrl any URL of the store; null asks only for the app */
  probe(storeUrl: string | null): Promise<Reachability>;
  /** Calls back when the browser says that the network is there again. Returns how to stop. */
  onOnline(listener: () => void): () => void;
  /** Keeps other tabs from offering this session while it is sent here; released by the returned function. */
  hold(sessionId: string): () => void;
  /** Sessions that other tabs are sending. */
  heldElsewhere(): Promise<Set<string>>;
};

/** What reading a file gave. `bytes` only of a small one (`keptBytes`). */
export type ReadFile = { crc64nvme: string; bytes: Uint8Array<ArrayBuffer> | null };

/** Reads and hashes bytes away from the page's own thread. */
export type Hasher = {
  /**
   * CRC64NVME of `blob` in base64.
   * @param order smaller goes first
   * @throws DOMException NotReadableError when the file changed or went away
   */
  hash(blob: Blob, options: { order: number; signal: AbortSignal }): Promise<string>;
  /** The same of a whole file, with its bytes when it is small: they are sent as they are. */
  read(file: Blob, options: { order: number; signal: AbortSignal }): Promise<ReadFile>;
};

/** A file with its place below the dropped or picked folder: "2026/lakes/boats.jpg". */
export type PickedFile = { file: File; relativePath: string };

export type Destination = {
  library: string;
  /** Ends in "/", or is "" for the root. */
  folder: string;
  /** `folder` holds a date template such as `photos/{yyyy}/{mm}/`. */
  template?: boolean;
};

export type ClashChoice = 'rename' | 'replace' | 'skip';

/** One drop or one pick: the clash dialog asks once for all of it. */
export type Batch = { id: number; policy: ClashChoice | 'ask' };

export type ItemState =
  | 'waiting'
  | 'hashing'
  | 'sending'
  | 'verifying'
  | 'paused'
  | 'clash'
  | 'offer'
  | 'failed'
  | 'done'
  | 'skipped'
  | 'cancelled';

export type ItemSession = {
  id: string;
  kind: 'single' | 'multipart';
  partSize: number;
  partCount: number;
  /** The signed PUT of a single upload, until it is used up. */
  request: TimedRequest | null;
  /** Made before this page was opened, or found incomplete: ask the store what it holds before sending. */
  checkStored: boolean;
};

/** A signed request with the moment (performance.now()) from which it should not be used any more. */
export type TimedRequest = SignedRequest & { staleAt: number; receivedAt: number };

export type UploadItem = {
  readonly id: number;
  readonly batch: Batch;
  readonly library: string;
  /** Let go of when the upload ends, so that the browser may free it. */
  file: File | null;
  readonly name: string;
  /** Where it goes; the server may choose another name ("Keep both"). */
  path: string;
  readonly size: number;
  readonly contentType: string;
  readonly lastModified: number;
  state: ItemState;
  crc64nvme: string | null;
  /** Of a small file, from being hashed until it is sent or stopped. */
  bytes: Uint8Array<ArrayBuffer> | null;
  session: ItemSession | null;
  /** Bytes of this file that the store has or is being given. */
  sent: number;
  /** A byte a part: 0 waiting, 1 on the way, 2 stored. Null for a single PUT. */
  parts: Uint8Array | null;
  failure: Failure | null;
  /** What is in the way. `late`: found at completion, after the bytes were sent. */
  clash: { existing: ExistingAsset | null; late: boolean } | null;
  /** The answer to the clash, for the next start. */
  decision: { ifExists: 'fail' | 'rename' | 'replace'; expectedVersionId?: string } | null;
  /** An unfinished upload of this very file to another place. */
  offer: OpenSession | null;
  /** performance.now() of the first byte; with `sentAtStart` for the time left. */
  startedAt: number | null;
  sentAtStart: number;
  asset: AssetEntry | null;
};
