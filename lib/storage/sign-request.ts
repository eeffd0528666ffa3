import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { Hash } from '@smithy/hash-node';
import { HttpRequest } from '@smithy/protocol-http';
import { env } from '#lib/env.ts';
import { bucketUrl, encodeS3, objectPath } from './address.ts';
import { storeClient } from './client.ts';
import { BROWSER_SETS, isSignable } from './signed-headers.ts';
import { toStoreError } from './store-errors.ts';
import type { ObjectRef, SignedRequest, StoreIdentity } from './types.ts';

const presigners = new Map<StoreIdentity, S3RequestPresigner>();

/** One per identity: it keeps the day's signing key. 16-29 us a URL against 190-270 by getSignedUrl (performance.md 0.3). */
function presigner(identity: StoreIdentity): S3RequestPresigner {
  let found = presigners.get(identity);
  if (!found) {
    found = new S3RequestPresigner({
      credentials: storeClient(identity).config.credentials,
      region: env().S3_REGION,
      sha256: Hash.bind(null, 'sha256'),
    });
    presigners.set(identity, found);
  }
  return found;
}

export type UnsignedRequest = {
  identity: StoreIdentity;
  method: 'PUT' | 'GET';
  ref: ObjectRef;
  /** Lower-case names; all are signed as headers. */
  headers: Record<string, string>;
  query: Record<string, string>;
  /** Seconds. */
  expiresIn: number;
  now: Date;
  /** `internal` for the server's own probes. */
  endpoint?: 'public' | 'internal';
};

/** Visible ASCII with single spaces: what a browser sends unchanged and the signature does not fold. */
const PLAIN_VALUE = /^[\x21-\x7e]+( [\x21-\x7e]+)*$/;

/**
 * Signs a request that binds exactly these headers. The answer holds what the browser has to set.
 * @throws Error for a header that is not in the list, or a value that would not arrive as it was signed
 */
export async function signRequest(input: UnsignedRequest): Promise<SignedRequest> {
  const { method, headers, expiresIn, now, endpoint = 'public' } = input;
  for (const [name, value] of Object.entries(headers)) {
    if (!isSignable(name)) throw new Error(`The header ${name} is not in the list of signed headers.`);
    if (!PLAIN_VALUE.test(value)) throw new Error(`The header ${name} cannot be signed: ${JSON.stringify(value)}`);
  }
  const { protocol, hostname, port, host } = bucketUrl(input.ref.bucket, endpoint);
  const request = new HttpRequest({
    method,
    protocol,
    hostname,
    ...(port ? { port: Number(port) } : {}),
    path: objectPath(input.ref, endpoint),
    query: input.query,
    // A copy: the presigner adds to it.
    headers: { ...headers, host },
  });
  const signing = presigner(input.identity).presign(request, {
    expiresIn,
    signingDate: now,
    signableHeaders: new Set(['content-type']),
    // A header in the query binds nothing (s3-facts 1.2, 1.4), so none moves there.
    unhoistableHeaders: new Set(Object.keys(headers)),
  });
  const signed = await signing.catch((cause) => {
    throw toStoreError(cause, 'Signing the request');
  });
  const search = Object.entries(signed.query ?? {}).map(([name, value]) => `${encodeS3(name)}=${encodeS3(`${value}`)}`);
  const sent = Object.entries(headers).filter(([name]) => !BROWSER_SETS.some((own) => own === name));
  return {
    method,
    url: `${protocol}//${host}${signed.path}?${search.join('&')}`,
    headers: Object.fromEntries(sent),
    expiresAt: new Date(now.getTime() + expiresIn * 1000),
  };
}
