import { copySource } from './address.ts';
import { isSeparateIdentity } from './client.ts';
import { crc64nvme } from './crc64nvme.ts';
import { headObject, putBytes } from './objects.ts';
import { unsignedPut } from './presign.ts';
import { PROBE_PREFIX } from './probe-prefix.ts';
import { readBytes } from './read-object.ts';
import { signRequest } from './sign-request.ts';
import type { StoreCapabilities, StoreIdentity } from './types.ts';
import { listVersionsPage, removeVersion } from './versions.ts';

const SECRET = 'strata probe: what nobody may copy';
const SENT = 'strata probe: what was sent';

type Verdict = StoreCapabilities['headerSmuggling'];

/**
 * Tries what a hostile browser would: an unsigned `x-amz-copy-source` beside a presigned PUT (DESIGN section 10, s3-facts 7c).
 * "unsafe" when the store copied the other object. Sends to the endpoint that the server sees, so a proxy in front of browsers does not help the verdict.
 * @param bucket a scratch bucket, or a library's: only keys under `.strata-probe/` are touched, and removed for ever at the end
 * @param identity who signs; `upload` as in real uploads
 */
export async function probeHeaderSmuggling(bucket: string, identity: StoreIdentity = 'upload'): Promise<Verdict> {
  const prefix = `${PROBE_PREFIX}${crypto.randomUUID()}/`;
  const source = { bucket, key: `${prefix}source` };
  const target = { bucket, key: `${prefix}target` };
  try {
    const { versionId } = await putBytes(source, SECRET, 'text/plain');
    const signed = await signRequest({
      ...unsignedPut({
        ref: target,
        size: SENT.length,
        contentType: 'text/plain',
        crc64nvme: await crc64nvme(SENT),
        condition: { ifNoneMatch: '*' },
        encryption: { kind: 'none' },
        metadata: {},
        expiresIn: 60,
      }),
      identity,
      endpoint: 'internal',
    });
    const answer = await fetch(signed.url, {
      method: 'PUT',
      headers: { ...signed.headers, 'x-amz-copy-source': copySource({ ...source, versionId }) },
      body: SENT,
      signal: AbortSignal.timeout(15_000),
    });
    const text = await answer.text();
    return await judge(target, answer.status, text, identity);
  } finally {
    await removeAll(bucket, prefix);
  }
}

async function judge(
  target: { bucket: string; key: string },
  status: number,
  text: string,
  identity: StoreIdentity,
): Promise<Verdict> {
  const head = await headObject(target);
  if (!head) {
    const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? 'no code';
    if (status === 403 || status === 400)
      return { verdict: 'safe', detail: `The store refused the smuggled header (${status} ${code}).` };
    return { verdict: 'unknown', detail: `The store answered ${status} ${code} to a PUT with a smuggled header.` };
  }
  const content = (await readBytes({ ...target, versionId: head.versionId }, { maxBytes: 1024 })).toString();
  if (content === SENT) return { verdict: 'safe', detail: 'The store ignored the smuggled header.' };
  const remedy =
    isSeparateIdentity('upload') && identity === 'upload'
      ? 'The upload identity may read objects: take that right away.'
      : 'Give S3_UPLOAD_ACCESS_KEY_ID an identity that may only put objects.';
  return {
    verdict: 'unsafe',
    detail: `A browser can copy objects that it may not read by a header beside a presigned PUT. ${remedy}`,
  };
}

async function removeAll(bucket: string, prefix: string): Promise<void> {
  const { versions } = await listVersionsPage({ bucket, prefix });
  for (const { key, versionId } of versions) await removeVersion({ bucket, key, versionId });
}
