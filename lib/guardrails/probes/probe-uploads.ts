import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import { completeMultipart, createMultipart, listParts } from '#lib/storage/multipart.ts';
import { headObject } from '#lib/storage/objects.ts';
import { presignPart } from '#lib/storage/presign.ts';
import type { WantedEncryption } from '#lib/storage/types.ts';
import { isOk, isRefused, type ProbeKit, sendProbe } from './probe-kit.ts';
import { PROBE_BODY, signProbePut } from './sign-probe-put.ts';

/** Seconds. */
const LIFE = 60;

export type OwnUploads = {
  /** Both ways of sending a file work. */
  ok: boolean;
  /** A policy refuses parts that do not name their encryption (MinIO under the article's second policy, s3-facts 7c). */
  partsNameEncryption: boolean;
};

/** Sends a file as Strata's own uploads do, in one PUT and in parts, and asks the store what arrived. */
export async function probeUploads(kit: ProbeKit, wanted: WantedEncryption): Promise<OwnUploads> {
  const single = await trySingle(kit, wanted);
  const parts = await tryParts(kit, wanted);
  return { ok: single && parts.ok, partsNameEncryption: parts.partsNameEncryption };
}

async function trySingle(kit: ProbeKit, wanted: WantedEncryption): Promise<boolean> {
  const ref = kit.key();
  const signed = await signProbePut(ref, { encryption: wanted });
  const sent = await sendProbe('PUT', signed.url, { headers: signed.headers, body: PROBE_BODY });
  const stored = isOk(sent) ? await headObject(ref) : null;
  const ok = stored?.size === PROBE_BODY.length;
  kit.step(ok, ok ? 'An upload in one piece arrives' : 'An upload in one piece should arrive, and did not', sent);
  return ok;
}

async function tryParts(kit: ProbeKit, wanted: WantedEncryption): Promise<OwnUploads> {
  const ref = kit.key();
  const started = performance.now();
  const say = (ok: boolean, text: string, status = '') =>
    kit.step(ok, text, { request: `PUT ${ref.key}, one part${status}`, ms: performance.now() - started });
  try {
    const { storeUploadId } = await createMultipart({
      ref,
      contentType: 'text/plain',
      encryption: wanted,
      metadata: {},
    });
    const checksum = await crc64nvme(PROBE_BODY);
    const sendPart = async (encryption: WantedEncryption) => {
      const signed = await presignPart({
        ref,
        storeUploadId,
        partNumber: 1,
        size: PROBE_BODY.length,
        crc64nvme: checksum,
        expiresIn: LIFE,
        encryption,
        endpoint: 'internal',
      });
      return sendProbe('PUT', signed.url, { headers: signed.headers, body: PROBE_BODY });
    };
    let sent = await sendPart({ kind: 'none' });
    const partsNameEncryption = isRefused(sent) && wanted.kind !== 'none';
    if (partsNameEncryption) sent = await sendPart(wanted);
    if (!isOk(sent)) {
      kit.step(false, 'An upload in parts should arrive, and a part was refused', sent);
      return { ok: false, partsNameEncryption: false };
    }
    await completeMultipart({
      ref,
      storeUploadId,
      parts: await listParts({ ref, storeUploadId }),
      size: PROBE_BODY.length,
      crc64nvme: checksum,
      condition: { ifNoneMatch: '*' },
      encryption: wanted,
    });
    say(true, 'An upload in parts arrives', partsNameEncryption ? ', its encryption named' : '');
    return { ok: true, partsNameEncryption };
  } catch (error) {
    say(false, `An upload in parts should arrive, and did not. ${(error as Error).message}`);
    return { ok: false, partsNameEncryption: false };
  }
}
