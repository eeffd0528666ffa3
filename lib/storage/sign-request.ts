import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { HttpRequest } from '@smithy/protocol-http';
import { env } from '#lib/env.ts';
import { bucketAddress, encodeS3, objectPath } from './address.ts';
import { storeClient } from './client.ts';
import { BROWSER_SETS, isSignable } from './signed-headers.ts';
import { SigningHash } from './signing-hash.ts';
import { toStoreError } from './store-errors.ts';
import type { ObjectRef, SignedRequest, StoreIdentity } from './types.ts';

const setByBrowser = new Set<string>(BROWSER_SETS);

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
  method: SignedRequest['method'];
  ref: ObjectRef;
  /** Lower-case names; all are signed as headers. */
  headers: Record<string, string>;
  query: Record<string, string>;
  /** Seconds. */
  expiresIn: number;
  now: Date;
  /** `internal` for the server's own requests. */
  endpoint?: 'public' | 'internal';
};

/** The presigner leaves these out unless told (s3-facts 1.5, 1.6). */
const SIGNABLE_AGAIN = new Set(['content-type', 'cache-control']);

/**
 * Names that were asked about and may be signed; we use about ten. The presigner gets them as those that must not move into the
 * query, where a header binds nothing (s3-facts 1.2, 1.4).
 */
const signable = new Set<string>();
/** Those of them that a link for browsers may bind (some are for requests of our own only), and whether the page sends them itself. */
const publicly = new Map<string, boolean>();

/** Visible ASCII with single spaces between: a browser would not send anything else unchanged, or the signature would fold it. */
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** What the signer adds and encoding leaves as it is: letters, digits and hyphens. */
const UNRESERVED = new Set([
  'X-Amz-Algorithm',
  'X-Amz-Content-Sha256',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Signature',
]);
/** Query values that come back in thousands of URLs: who signs, and the list of headers. */
const encoded = new Map<string, string>();
const REPEATED = new Set(['X-Amz-Credential', 'X-Amz-SignedHeaders']);
const MAX_ENCODED = 256;

function encodePair(name: string, value: string): string {
  if (UNRESERVED.has(name)) return `${name}=${value}`;
  if (!REPEATED.has(name)) return `${encodeS3(name)}=${encodeS3(value)}`;
  let found = encoded.get(value);
  if (found === undefined) {
    if (encoded.size >= MAX_ENCODED) encoded.clear();
    found = encodeS3(value);
    encoded.set(value, found);
  }
  return `${name}=${found}`;
}

/**
 * Signs a request that binds exactly these headers. The answer holds what the browser has to set.
 * @throws Error for a header that is not in the list, or a value that would not arrive as it was signed
 */
export async function signRequest(input: UnsignedRequest): Promise<SignedRequest> {
  const { method, headers, expiresIn, now, endpoint = 'public' } = input;
  const address = bucketAddress(input.ref.bucket, endpoint);
  const { protocol, hostname, port, host } = address;
  // The presigner adds to its headers, and the browser sets two of them itself, so each side gets a copy.
  const bound: Record<string, string> = {};
  const sent: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name] as string;
    let isSent = endpoint === 'public' ? publicly.get(name) : undefined;
    if (isSent === undefined) {
      if (!isSignable(name, endpoint)) throw new Error(`The header ${name} is not in the list of signed headers.`);
      signable.add(name);
      isSent = !setByBrowser.has(name);
      if (endpoint === 'public') publicly.set(name, isSent);
    }
    if (!PLAIN.test(value)) throw new Error(`The header ${name} cannot be signed: ${JSON.stringify(value)}`);
    bound[name] = value;
    if (isSent) sent[name] = value;
  }
  bound.host = host;
  const request = new HttpRequest({
    method,
    protocol,
    hostname,
    port,
    path: objectPath(address, input.ref.key),
    query: input.query,
    headers: bound,
  });
  let signed: Awaited<ReturnType<S3RequestPresigner['presign']>>;
  try {
    signed = await presigner(input.identity).presign(request, {
      expiresIn,
      signingDate: now,
      signableHeaders: SIGNABLE_AGAIN,
      unhoistableHeaders: signable,
    });
  } catch (cause) {
    throw toStoreError(cause, 'Signing the request');
  }
  const query = signed.query ?? {};
  let search = '';
  for (const name in query) search += `${search && '&'}${encodePair(name, `${query[name]}`)}`;
  return {
    method,
    url: `${protocol}//${host}${signed.path}?${search}`,
    headers: sent,
    expiresAt: new Date(now.getTime() + expiresIn * 1000),
  };
}
