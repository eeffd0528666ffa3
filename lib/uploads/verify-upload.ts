import { transitionClasses } from '#lib/storage/transition-classes.ts';
import type { HeadedObject, ListedVersion, StoreCapabilities, WantedEncryption } from '#lib/storage/types.ts';
import { clockMarginMs } from './session-times.ts';
import { signedMetadata } from './signed-metadata.ts';

export type VerifiedAgainst = {
  id: string;
  size: number;
  contentType: string;
  /** Base64. */
  crc64nvme: string;
  fileModifiedAt: Date | null;
  createdAt: Date;
  expectedVersionId: string | null;
};

/**
 * Fetch adds this by itself to a request with If-None-Match or If-Match that says nothing of caching (fetch.spec.whatwg.org,
 * HTTP-network-or-cache fetch), and stores keep it with the object; Chromium says `max-age=0` instead on a page that was reloaded.
 * It is harmless: links that we sign override it.
 */
const addedByFetch = new Set(['no-cache', 'max-age=0']);

export type UploadVerdict = { ok: true } | { ok: false; code: 'checksum_mismatch' | 'tampered'; detail: string };

/**
 * Whether a version that reached the store is what was allowed: the bytes that were announced and nothing that we did not sign.
 * MinIO takes unsigned headers beside a presigned PUT (s3-facts 7c), so every fact that a header could have set is asked for.
 * @param above what the store lists above this version; a newer write by somebody else is no fault of the upload,
 *   the version that it replaces is: then its time was forged
 * @param storageClasses those that the store takes in a write: another one only a lifecycle rule can have given
 */
export function verifyUpload(input: {
  upload: VerifiedAgainst;
  head: HeadedObject;
  above: Pick<ListedVersion, 'versionId'>[];
  encryption: WantedEncryption;
  now: Date;
  storageClasses: StoreCapabilities['storageClasses'];
}): UploadVerdict {
  const { upload, head } = input;
  if (head.size !== upload.size) {
    return mismatch(`The store holds ${head.size} bytes in place of ${upload.size}.`);
  }
  if (head.crc64nvme !== upload.crc64nvme) {
    return mismatch('The checksum at the store is not the one of the file.');
  }
  const set = findUnsigned(input);
  return set === null
    ? { ok: true }
    : {
        ok: false,
        code: 'tampered',
        detail: `The request to the store was changed on its way: ${set}. What it made was removed. Upload the file again.`,
      };
}

function mismatch(fact: string): UploadVerdict {
  return { ok: false, code: 'checksum_mismatch', detail: `${fact} It was removed. Upload the file again.` };
}

/** The first thing that is not as it was signed, in words; null when all is. */
function findUnsigned(input: Parameters<typeof verifyUpload>[0]): string | null {
  const { upload, head, above, encryption, now } = input;
  if (!sameEntries(head.metadata, signedMetadata(upload))) return 'its metadata differs';
  if (head.contentType !== upload.contentType) return `its type is ${head.contentType ?? 'missing'}`;
  if (!isEncryptedAs(head, encryption)) return `its encryption is ${head.encryption ?? 'missing'}`;
  if (head.websiteRedirect !== null) return 'it redirects to another address';
  if (head.contentEncoding !== null) return 'a content encoding was set';
  if (head.contentDisposition !== null) return 'a content disposition was set';
  if (head.contentLanguage !== null) return 'a content language was set';
  if (head.cacheControl !== null && !addedByFetch.has(head.cacheControl)) return 'a cache control was set';
  if (head.expires !== null) return 'an expiry date was set';
  if (!mayHaveClass(input)) return `its storage class is ${head.storageClass}`;
  if (head.tagCount > 0) return 'S3 tags were set';
  const time = head.modifiedAt.getTime();
  if (time < upload.createdAt.getTime() - clockMarginMs) return 'its time lies before the upload began';
  if (time > now.getTime() + clockMarginMs) return 'its time lies in the future';
  if (upload.expectedVersionId !== null && above.some((one) => one.versionId === upload.expectedVersionId))
    return 'it hides beneath the version that it replaces';
  return null;
}

/**
 * Uploads are signed without a class. A rule that moves files on day 0 may have been quicker than we are: MinIO moves within the second, S3 at the
 * midnight (UTC) after the write.
 */
function mayHaveClass({ head, now, storageClasses }: Parameters<typeof verifyUpload>[0]): boolean {
  if (head.storageClass === 'STANDARD') return true;
  if (!(transitionClasses as readonly string[]).includes(head.storageClass)) return false;
  const byWrite = storageClasses?.[head.storageClass]?.supported ?? true;
  return !byWrite || head.modifiedAt.toISOString().slice(0, 10) < now.toISOString().slice(0, 10);
}

function sameEntries(a: Record<string, string>, b: Record<string, string>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function isEncryptedAs(head: HeadedObject, wanted: WantedEncryption): boolean {
  // "none" signs no header, so the bucket's default decides.
  if (wanted.kind === 'none') return true;
  if (head.encryption !== wanted.kind) return false;
  // AWS answers with the key's ARN, MinIO with a prefix before the name.
  return wanted.kind !== 'aws:kms' || head.kmsKeyId === wanted.keyId || /[:/]$/.test(prefixBefore(head, wanted.keyId));
}

const prefixBefore = (head: HeadedObject, keyId: string) =>
  head.kmsKeyId?.endsWith(keyId) ? head.kmsKeyId.slice(0, -keyId.length) : '';
