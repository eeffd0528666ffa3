import { headObject, putBytes } from '#lib/storage/objects.ts';
import { signRequest } from '#lib/storage/sign-request.ts';
import type { WantedEncryption } from '#lib/storage/types.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { linkSeconds } from '../guardrails.ts';
import { isOk, isRefused, type ProbeKit, sendProbe } from './probe-kit.ts';
import { PROBE_BODY, signProbePut } from './sign-probe-put.ts';
import { unsignedUrl } from './unsigned-url.ts';

/** Overwrites a file of its own and looks for both versions. */
export async function probeVersioning(kit: ProbeKit): Promise<void> {
  const ref = kit.key();
  const started = performance.now();
  await putBytes(ref, 'the first', 'text/plain');
  await putBytes(ref, 'the second', 'text/plain');
  const versions = await listKeyVersions(ref);
  const kept = new Set(versions.map(({ versionId }) => versionId)).size === 2;
  const request = `PUT twice, LIST versions ${ref.key}  ${versions.length}`;
  const text = kept
    ? 'An overwrite keeps the version before'
    : 'An overwrite should keep the version before, and lost it';
  kit.step(kept, text, { request, ms: performance.now() - started });
}

/** Sends a file that names no encryption. Where a policy refuses it, that holds as well: nothing unencrypted was stored. */
export async function probeDefaultEncryption(kit: ProbeKit, wanted: WantedEncryption): Promise<void> {
  const ref = kit.key();
  const signed = await signProbePut(ref, { encryption: { kind: 'none' } });
  const sent = await sendProbe('PUT', signed.url, { headers: signed.headers, body: PROBE_BODY });
  if (isRefused(sent)) return kit.step(true, 'An upload that names no encryption is refused', sent);
  const stored = isOk(sent) ? await headObject(ref) : null;
  const found = stored?.encryption ?? null;
  const right = wanted.kind === 'none' ? found !== null : found === wanted.kind;
  const text = right
    ? `An upload that names no encryption is stored with ${found}`
    : `An upload that names no encryption should be encrypted, and was stored ${found ? `with ${found}` : 'in the clear'}`;
  kit.step(stored === null ? false : right, text, sent);
}

/** Asks for another algorithm than the library's. */
export async function probeWrongEncryption(kit: ProbeKit, wanted: WantedEncryption): Promise<void> {
  const wrong: WantedEncryption = wanted.kind === 'AES256' ? { kind: 'aws:kms', keyId: '' } : { kind: 'AES256' };
  const signed = await signProbePut(kit.key(), { encryption: wrong });
  const sent = await sendProbe('PUT', signed.url, { headers: signed.headers, body: PROBE_BODY });
  // Any other refusal, as of a key that does not exist, is the store's way and not the guardrail.
  const refused = sent.status === 403;
  const known = refused || isOk(sent) || sent.status === 400;
  kit.step(
    known ? refused : null,
    refused ? `An upload with ${wrong.kind} is refused` : `An upload with ${wrong.kind} should be refused, and was not`,
    sent,
  );
}

/**
 * Uses links that were signed before the limit and say that they live longer.
 * @param uploadsToo false where the store does not know a link's age when it decides about a PUT (MinIO: the age is read with the signature,
 *   which it checks after the policy): said, and not judged
 */
export async function probeLinkAge(kit: ProbeKit, uploadsToo: boolean): Promise<void> {
  const age = { now: new Date(Date.now() - (linkSeconds + 60) * 1000), expiresIn: 4 * linkSeconds };
  const minutes = Math.round(linkSeconds / 60) + 1;
  const ref = kit.key();
  await putBytes(ref, PROBE_BODY, 'text/plain');
  const get = { identity: 'app', method: 'GET', ref, headers: {}, query: {}, endpoint: 'internal', ...age } as const;
  const read = await sendProbe('GET', (await signRequest(get)).url);
  kit.step(
    isRefused(read) ? true : isOk(read) ? false : null,
    isRefused(read)
      ? `A download link signed ${minutes} minutes ago is refused`
      : `A download link signed ${minutes} minutes ago should be refused, and was answered`,
    read,
  );
  const old = await signProbePut(kit.key(), { encryption: { kind: 'none' }, ...age });
  const sent = await sendProbe('PUT', old.url, { headers: old.headers, body: PROBE_BODY });
  if (isRefused(sent)) return kit.step(true, `An upload link signed ${minutes} minutes ago is refused`, sent);
  const text = uploadsToo
    ? `An upload link signed ${minutes} minutes ago should be refused, and was stored`
    : 'Upload links are not bound by age on this store; Strata’s live 10 minutes and work once';
  kit.step(uploadsToo && isOk(sent) ? false : null, text, sent);
}

/** Reads, lists and writes without any signature. */
export async function probeAnonymous(kit: ProbeKit): Promise<void> {
  const ref = kit.key();
  await putBytes(ref, PROBE_BODY, 'text/plain');
  const ways = [
    ['GET', ref.key, {}, 'read a file'],
    ['GET', '', {}, 'list the bucket'],
    ['PUT', kit.key().key, { body: PROBE_BODY }, 'send a file'],
  ] as const;
  for (const [method, key, more, what] of ways) {
    const sent = await sendProbe(method, unsignedUrl(kit.bucket, key), more);
    const refused = isRefused(sent);
    const text = refused ? `Nobody may ${what} unsigned` : `To ${what} unsigned should be refused, and was answered`;
    kit.step(refused ? true : isOk(sent) ? false : null, text, sent);
  }
}

/** Sends a file with an ACL that opens it to everybody, then reads it without a signature. */
export async function probeOwnership(kit: ProbeKit): Promise<void> {
  const ref = kit.key();
  const signed = await signRequest({
    identity: 'app',
    method: 'PUT',
    ref,
    headers: { 'x-amz-acl': 'public-read', 'content-length': String(PROBE_BODY.length) },
    query: {},
    expiresIn: 60,
    now: new Date(),
    endpoint: 'internal',
  });
  const put = await sendProbe('PUT', signed.url, { headers: signed.headers, body: PROBE_BODY });
  if (isRefused(put)) return kit.step(true, 'An ACL that opens a file is refused', put);
  const sent = await sendProbe('GET', unsignedUrl(kit.bucket, ref.key));
  const text = isRefused(sent)
    ? 'An ACL that opens a file has no effect'
    : 'An ACL that opens a file should have no effect, and anybody could read it';
  kit.step(isRefused(sent) ? true : isOk(sent) ? false : null, text, sent);
}
