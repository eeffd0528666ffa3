import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import { unsignedPut } from '#lib/storage/presign.ts';
import { signRequest } from '#lib/storage/sign-request.ts';
import type { ObjectRef, SignedRequest, WantedEncryption } from '#lib/storage/types.ts';

export const PROBE_BODY = 'strata probe';
/** Seconds. */
const LIFE = 60;

/** The very request that a browser gets for an upload, but for what a probe is about. */
export async function signProbePut(
  ref: ObjectRef,
  options: {
    encryption: WantedEncryption;
    endpoint?: 'public' | 'internal';
    now?: Date;
    expiresIn?: number;
  },
): Promise<SignedRequest> {
  const unsigned = unsignedPut({
    ref,
    size: PROBE_BODY.length,
    contentType: 'text/plain',
    crc64nvme: await crc64nvme(PROBE_BODY),
    condition: { ifNoneMatch: '*' },
    encryption: options.encryption,
    metadata: {},
    expiresIn: options.expiresIn ?? LIFE,
    now: options.now ?? new Date(),
  });
  return signRequest({ ...unsigned, endpoint: options.endpoint ?? 'internal' });
}
