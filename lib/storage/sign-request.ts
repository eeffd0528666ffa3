import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { HttpRequest } from '@smithy/protocol-http';
import { env } from '#lib/env.ts';
import { bucketAddress, encodeS3, objectPath } from './address.ts';
import { storeClient } from './client.ts';
import { BROWSER_SETS, isSignable } from './signed-headers.ts';
import { SigningHash } from './signing-hash.ts';
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
      sha256: SigningHash,
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

/** The presigner leaves the type out unless told. */
const SIGNABLE_AGAIN = new Set(['content-type']);

/** Anything but visible ASCII with single spaces: a browser would not send it unchanged, or the signature would fold it. */
const NOT_PLAIN = /^$|[^\x20-\x7e]|^ | $| {2}/;

/**
 * Signs a request that binds exactly these headers. The answer holds what the browser has to set.
 * @throws Error for a header that is not in the list, or a value that would not arrive as it was signed
 */
export async function signRequest(input: UnsignedRequest): Promise<SignedRequest> {
  const { method, headers, expiresIn, now, endpoint = 'public' } = input;
  for (const [name, value] of Object.entries(headers)) {
    if (!isSignable(name)) throw new Error(`The header ${name} is not in the list of signed headers.`);
    if (NOT_PLAIN.test(value)) throw new Error(`The header ${name} cannot be signed: ${JSON.stringify(value)}`);
  }
  const address = bucketAddress(input.ref.bucket, endpoint);
  const { protocol, hostname, port, host } = address;
  const request = new HttpRequest({
    method,
    protocol,
    hostname,
    ...(port === undefined ? {} : { port }),
    path: objectPath(address, input.ref.key),
    query: input.query,
    // A copy: the presigner adds to it.
    headers: { ...headers, host },
  });
  const signing = presigner(input.identity).presign(request, {
    expiresIn,
    signingDate: now,
    signableHeaders: SIGNABLE_AGAIN,
    // A header in the query binds nothing (s3-facts 1.2, 1.4), so none moves there.
    unhoistableHeaders: new Set(Object.keys(headers)),
  });
  const signed = await signing.catch((cause) => {
    throw toStoreError(cause, 'Signing the request');
  });
  const query = signed.query ?? {};
  let search = '';
  for (const name in query) search += `${search && '&'}${encodeS3(name)}=${encodeS3(`${query[name]}`)}`;
  const sent = { ...headers };
  for (const name of BROWSER_SETS) delete sent[name];
  return {
    method,
    url: `${protocol}//${host}${signed.path}?${search}`,
    headers: sent,
    expiresAt: new Date(now.getTime() + expiresIn * 1000),
  };
}
