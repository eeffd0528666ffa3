import { createVerify, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { signRequest } from '#lib/storage/sign-request.ts';

/** CloudFront's own base64 (developer guide, "Create a signed URL using a canned policy"). */
const decode = (text: string) =>
  Buffer.from(text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');

/**
 * A small stand-in for a distribution with a key group: it verifies the signature over the canned policy and its time, written from
 * CloudFront's documentation and not from the signer, then asks the store as origin access control does, with the query that is left.
 */
export async function startEdge({
  publicKey,
  keyPairId,
  bucket,
}: {
  publicKey: KeyObject;
  keyPairId: string;
  bucket: string;
}) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', edgeUrl);
    if (!isSigned(url, { publicKey, keyPairId })) {
      response.writeHead(403).end('AccessDenied');
      return;
    }
    const query = Object.fromEntries([...url.searchParams].filter(([name]) => !signatureFields.includes(name)));
    const signed = await signRequest({
      identity: 'app',
      method: 'GET',
      ref: { bucket, key: decodeURIComponent(url.pathname.slice(1)) },
      headers: {},
      query,
      expiresIn: 60,
      now: new Date(),
      endpoint: 'internal',
    });
    const origin = await fetch(signed.url);
    response.writeHead(origin.status, Object.fromEntries(origin.headers));
    if (origin.body) Readable.fromWeb(origin.body as never).pipe(response);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const edgeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: edgeUrl, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

const signatureFields = ['Expires', 'Signature', 'Key-Pair-Id'];

function isSigned(url: URL, { publicKey, keyPairId }: { publicKey: KeyObject; keyPairId: string }): boolean {
  const [expires, signature, id] = signatureFields.map((name) => url.searchParams.get(name));
  if (!expires || !signature || id !== keyPairId || Number(expires) * 1000 < Date.now()) return false;
  // What was signed is the address as it stood before these three were added, letter for letter.
  const resource = url.href.replace(/[?&]Expires=.*$/, '');
  const policy = `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
  return createVerify('RSA-SHA1').update(policy).verify(publicKey, decode(signature));
}
