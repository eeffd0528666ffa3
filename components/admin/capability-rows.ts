import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';

/** What the app asks of a store, in the order of the page: the words for an admin, and what follows where it is missing. */
export const capabilityRows = [
  {
    key: 'versioning',
    label: 'Versions of objects',
    without: 'The library is read-only: a change would lose what was there.',
  },
  {
    key: 'conditionalPut',
    label: 'Conditional writes',
    without: 'Uploads look before and after instead of being refused by the store.',
  },
  {
    key: 'conditionalCopy',
    label: 'Conditional copies',
    without: 'Restores look before and after, and report a surprise.',
  },
  {
    key: 'crc64nvme',
    label: 'Checksums of whole files (CRC64NVME)',
    without: 'The store does not verify what arrives.',
  },
  {
    key: 'multipartCrc64nvme',
    label: 'Checksums of large files',
    without: 'Files sent in parts are verified by size and parts only.',
  },
  { key: 'encryptionAes256', label: 'Encryption at rest', without: 'Files lie in the store as they were sent.' },
  {
    key: 'bucketCors',
    label: 'CORS of the bucket',
    without: 'The store decides for all buckets which pages may upload.',
  },
  { key: 'publicAccessBlock', label: 'Public access block', without: 'A bucket policy alone keeps files private.' },
  {
    key: 'objectOwnership',
    label: 'Object ownership',
    without: 'Access lists of single objects cannot be switched off.',
  },
  { key: 'bucketPolicy', label: 'Bucket policy', without: 'TLS cannot be required by the bucket.' },
  { key: 'lifecycle', label: 'Lifecycle rules', without: 'Nothing moves to cheaper classes or goes by itself.' },
  { key: 'objectTags', label: 'Object tags', without: 'Tags of other tools cannot be shown or kept.' },
  {
    key: 'stackedMarkers',
    label: 'Delete markers stack',
    without: 'A second delete adds no marker; one restore brings a file back.',
  },
] as const;

type Capability = { supported: boolean; detail: string };
export type CapabilityKey = (typeof capabilityRows)[number]['key'];

export type CapabilityRow = {
  key: string;
  label: string;
  verdict: 'yes' | 'no' | 'unknown';
  /** What the probe saw. */
  detail: string;
  /** What follows from a "no". */
  consequence: string | null;
};

/** The kept profile as rows; what an older profile does not hold is unknown, not missing. */
export function planCapabilityRows(profile: Record<string, unknown>): CapabilityRow[] {
  const rows: CapabilityRow[] = capabilityRows.map(({ key, label, without }) => {
    const found = profile[key] as { supported?: unknown; detail?: unknown } | undefined;
    if (typeof found?.supported !== 'boolean')
      return { key, label, verdict: 'unknown', detail: 'Not probed yet.', consequence: null };
    return {
      key,
      label,
      verdict: found.supported ? 'yes' : 'no',
      detail: String(found.detail ?? ''),
      consequence: found.supported ? null : without,
    };
  });
  rows.push(classRow(profile.storageClasses as Record<string, Capability> | undefined));
  const smuggling = profile.headerSmuggling as { verdict?: string; detail?: string } | undefined;
  const safe = smuggling?.verdict;
  rows.push({
    key: 'headerSmuggling',
    label: 'Upload links hold against smuggled headers',
    verdict: safe === 'safe' ? 'yes' : safe === 'unsafe' ? 'no' : 'unknown',
    detail: smuggling?.detail ?? 'Not probed yet.',
    consequence: safe === 'unsafe' ? 'Uploads are off until the upload identity has the right to write only.' : null,
  });
  return rows;
}

function classRow(classes: Record<string, Capability> | undefined): CapabilityRow {
  const row = { key: 'storageClasses', label: 'Copies into other storage classes' };
  if (!classes) return { ...row, verdict: 'unknown', detail: 'Not probed yet.', consequence: null };
  const others = Object.entries(classes).filter(([name]) => name !== 'STANDARD');
  const taken = others.flatMap(([name, { supported }]) => (supported ? [nameOfClass(name)] : []));
  if (taken.length > 0) return { ...row, verdict: 'yes', detail: `${taken.join(', ')}.`, consequence: null };
  const detail = others[0]?.[1].detail ?? '';
  return {
    ...row,
    verdict: 'no',
    detail,
    consequence: 'The storage class of files is changed by lifecycle rules only.',
  };
}
