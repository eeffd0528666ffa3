import type { HeadedObject, WriteCondition } from '#lib/storage/types.ts';

export type Expectation = {
  ifExists: 'fail' | 'replace' | 'rename';
  expectedVersionId: string | null;
  expectedEtag: string | null;
};

/** The condition that is signed into a PUT and stated at a Complete. Only from the upload's row. */
export function conditionOf(upload: Pick<Expectation, 'expectedEtag'>): WriteCondition {
  return upload.expectedEtag === null ? { ifNoneMatch: '*' } : { ifMatch: upload.expectedEtag };
}

export type ConflictVerdict =
  /** Somebody sent the same bytes to the same place during this session: what was wanted is there. */
  | { verdict: 'same-content' }
  /** Nothing is in the way and nothing of ours is there: the bytes did not arrive. */
  | { verdict: 'not-arrived' }
  | { verdict: 'conflict'; code: 'path_exists' | 'version_changed'; detail: string };

/**
 * What it means that no version with our upload id is there, or that the store refused our condition.
 * @param latest HEAD of the key; null when there is none or a delete marker is on top
 */
export function judgeConflict(
  upload: Expectation & { size: number; crc64nvme: string | null; createdAt: Date },
  latest: Pick<HeadedObject, 'versionId' | 'etag' | 'size' | 'crc64nvme' | 'modifiedAt'> | null,
): ConflictVerdict {
  if (upload.ifExists === 'replace') {
    if (latest?.etag === upload.expectedEtag) return { verdict: 'not-arrived' };
    if (latest && isSameContent(upload, latest)) return { verdict: 'same-content' };
    return {
      verdict: 'conflict',
      code: 'version_changed',
      detail: latest
        ? 'Somebody replaced this file in the meantime. Look at the new version, then decide.'
        : 'The file that this replaces is no longer there. Upload it as a new file.',
    };
  }
  if (latest === null) return { verdict: 'not-arrived' };
  if (isSameContent(upload, latest)) return { verdict: 'same-content' };
  return {
    verdict: 'conflict',
    code: 'path_exists',
    detail: 'A file with this name arrived in the meantime. Replace it, keep both, or skip this one.',
  };
}

/** Written during this session with the very bytes: by another session of the same person, or a retry under another id. */
function isSameContent(
  upload: { size: number; crc64nvme: string | null; createdAt: Date },
  latest: Pick<HeadedObject, 'size' | 'crc64nvme' | 'modifiedAt'>,
): boolean {
  return (
    latest.size === upload.size &&
    latest.crc64nvme !== null &&
    latest.crc64nvme === upload.crc64nvme &&
    latest.modifiedAt.getTime() >= wholeSecond(upload.createdAt)
  );
}

/** The time of a HEAD has no milliseconds (HTTP date). */
const wholeSecond = (time: Date) => Math.floor(time.getTime() / 1000) * 1000;
