import { S3Client } from '@aws-sdk/client-s3';
import { env } from '#lib/env.ts';
import { countStoreCalls } from './count-store-calls.ts';
import { PurgeInWorker, purgesHere } from './purge-right.ts';
import { toStoreError } from './store-errors.ts';
import { throughStoreGate } from './store-gate.ts';
import type { StoreIdentity, WantedEncryption } from './types.ts';

/** Milliseconds. A connection that takes longer is a store that is away. */
const CONNECT_TIMEOUT = 3_000;
/** Milliseconds for an answer to a small request. */
const REQUEST_TIMEOUT = 15_000;
/** Milliseconds for CompleteMultipartUpload and copies, which may take minutes on AWS (s3-facts 2.6). */
export const SLOW_REQUEST_TIMEOUT = 5 * 60_000;
/** One try and two more; the SDK waits with jitter between them. */
const MAX_ATTEMPTS = 3;

const clients = new Map<StoreIdentity, S3Client>();

/** The keys that the environment gives an identity; null: none of its own. For use inside `lib/storage` only. */
export function ownKeys(identity: StoreIdentity | 'guard'): { accessKeyId: string; secretAccessKey: string } | null {
  const variables = env();
  const [id, secret] = {
    app: [variables.S3_ACCESS_KEY_ID, variables.S3_SECRET_ACCESS_KEY],
    upload: [variables.S3_UPLOAD_ACCESS_KEY_ID, variables.S3_UPLOAD_SECRET_ACCESS_KEY],
    purge: [variables.S3_PURGE_ACCESS_KEY_ID, variables.S3_PURGE_SECRET_ACCESS_KEY],
    guard: [variables.S3_GUARD_ACCESS_KEY_ID, variables.S3_GUARD_SECRET_ACCESS_KEY],
  }[identity];
  return id && secret ? { accessKeyId: id, secretAccessKey: secret } : null;
}

/** True when `upload` or `purge` has keys of its own; without them it is `app` under another name. */
export function isSeparateIdentity(identity: StoreIdentity): boolean {
  const own = ownKeys(identity);
  return own !== null && own.accessKeyId !== ownKeys('app')?.accessKeyId;
}

/** Encryption of everything that the app writes or signs, from `S3_SSE` and `S3_KMS_KEY_ID`. */
export function wantedEncryption(): WantedEncryption {
  const { S3_SSE, S3_KMS_KEY_ID } = env();
  // env() refuses aws:kms without a key id.
  return S3_SSE === 'aws:kms' ? { kind: 'aws:kms', keyId: S3_KMS_KEY_ID ?? '' } : { kind: S3_SSE };
}

/**
 * The client of an identity at the endpoint that the server sees. For use inside `lib/storage` only.
 * Both checksum options are WHEN_REQUIRED: the default adds a CRC32 of nothing to what we sign (s3-facts 1.1-1.3).
 */
export function storeClient(identity: StoreIdentity = 'app'): S3Client {
  let client = clients.get(identity);
  if (!client) {
    const { S3_ENDPOINT, S3_REGION, S3_FORCE_PATH_STYLE } = env();
    const credentials = ownKeys(identity) ?? ownKeys('app');
    client = new S3Client({
      region: S3_REGION,
      ...(S3_ENDPOINT ? { endpoint: S3_ENDPOINT } : {}),
      // Without keys the SDK's own chain decides: role, profile, container.
      ...(credentials ? { credentials } : {}),
      forcePathStyle: S3_FORCE_PATH_STYLE,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: MAX_ATTEMPTS,
      requestHandler: {
        connectionTimeout: CONNECT_TIMEOUT,
        requestTimeout: REQUEST_TIMEOUT,
        throwOnRequestTimeout: true,
        // Bytes that stop flowing in the middle of a body.
        socketTimeout: 60_000,
      },
    });
    countStoreCalls(client);
    clients.set(identity, client);
  }
  return client;
}

/**
 * The one way to call the store: as an identity, with every fault translated at this border.
 * @param what names the action in the error, as in "Reading the versions of this key".
 * @throws AppError, see `toStoreError`; PurgeInWorker
 */
export async function callStore<T>(
  identity: StoreIdentity,
  what: string,
  call: (client: S3Client) => Promise<T>,
): Promise<T> {
  if (identity === 'purge' && !purgesHere()) throw new PurgeInWorker();
  try {
    return await throughStoreGate(() => call(storeClient(identity)));
  } catch (cause) {
    throw toStoreError(cause, what);
  }
}
