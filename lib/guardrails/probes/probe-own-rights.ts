import { isSeparateIdentity } from '#lib/storage/client.ts';
import { headObject, putBytes, putDeleteMarker } from '#lib/storage/objects.ts';
import { signRequest } from '#lib/storage/sign-request.ts';
import type { WantedEncryption } from '#lib/storage/types.ts';
import { listKeyVersions, removeVersion } from '#lib/storage/versions.ts';
import { isOk, isRefused, type ProbeKit, sendProbe } from './probe-kit.ts';
import { type OwnUploads, probeUploads } from './probe-uploads.ts';
import { PROBE_BODY } from './sign-probe-put.ts';

/** Seconds. */
const LIFE = 60;

/** Does what each of the three keys is for, then tries what it must not: reading with the key that signs uploads, destroying with the app's. */
export async function probeOwnRights(kit: ProbeKit, wanted: WantedEncryption): Promise<OwnUploads> {
  const uploads = await probeUploads(kit, wanted);
  const ref = kit.key();
  let versionId = '';
  await attempt(kit, 'The app writes, reads and lists', `PUT, HEAD, LIST ${ref.key}`, async () => {
    ({ versionId } = await putBytes(ref, PROBE_BODY, 'text/plain', { encryption: wanted }));
    return (await headObject(ref)) !== null && (await listKeyVersions(ref)).length === 1;
  });
  if (isSeparateIdentity('upload')) await tryReading(kit, ref);
  await attempt(kit, 'The app hides a file under a delete marker', `DELETE ${ref.key}`, async () => {
    const marker = await putDeleteMarker(ref);
    return marker.versionId !== null;
  });
  await tryDestroying(kit, { ...ref, versionId });
  await attempt(kit, 'The worker’s key removes a version', `DELETE ${ref.key}?versionId`, async () => {
    await removeVersion({ ...ref, versionId });
    return (await listKeyVersions(ref)).every((one) => one.versionId !== versionId);
  });
  return uploads;
}

async function attempt(kit: ProbeKit, text: string, request: string, work: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  try {
    const ok = await work();
    kit.step(ok, ok ? text : `${text}: it did not`, { request, ms: performance.now() - started });
  } catch (error) {
    kit.step(false, `${text}: it may not. ${(error as Error).message}`, { request, ms: performance.now() - started });
  }
}

async function tryReading(kit: ProbeKit, ref: { bucket: string; key: string }): Promise<void> {
  const signed = await signRequest({
    identity: 'upload',
    method: 'GET',
    ref,
    headers: {},
    query: {},
    expiresIn: LIFE,
    now: new Date(),
    endpoint: 'internal',
  });
  const sent = await sendProbe('GET', signed.url);
  const refused = isRefused(sent);
  kit.step(
    refused,
    refused ? 'The key that signs uploads may not read' : 'The key that signs uploads should not read, and may',
    sent,
  );
}

/** A delete without the right to it. */
async function tryDestroying(
  kit: ProbeKit,
  version: { bucket: string; key: string; versionId: string },
): Promise<void> {
  const { versionId, ...ref } = version;
  // By a link and not by the client, whose refusals are counted as faults of the set-up.
  const signed = await signRequest({
    identity: 'app',
    method: 'DELETE',
    ref,
    headers: {},
    query: { versionId },
    expiresIn: LIFE,
    now: new Date(),
    endpoint: 'internal',
  });
  const sent = await sendProbe('DELETE', signed.url);
  const destroyed = isOk(sent);
  const separate = isSeparateIdentity('purge');
  const text = !destroyed
    ? 'The app’s key may not destroy a version'
    : separate
      ? 'The app’s key should not destroy a version, and may'
      : 'The app’s key may destroy a version: give removing a key of its own (S3_PURGE_ACCESS_KEY_ID)';
  kit.step(destroyed ? false : isRefused(sent) ? true : null, text, sent);
}
