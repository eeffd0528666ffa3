import { findPathProblem } from './path-rules.ts';

export type Root = { bucket: string; rootPrefix: string };

/** S3's rules for bucket names, without those for reserved endings; the store knows them all (API_CreateBucket). */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * The place of a library as it is kept, from what somebody typed: "/media" → "media/".
 * @returns what is wrong with it, in words that say what to do
 */
export function planRoot(input: Root): { root: Root } | { field: 'bucket' | 'rootPrefix'; problem: string } {
  const bucket = input.bucket.trim();
  if (!bucketName.test(bucket)) {
    const problem = 'A bucket name has 3 to 63 lower-case letters, digits, dots or dashes, without address or slash.';
    return { field: 'bucket', problem };
  }
  const bare = input.rootPrefix.trim().replace(/^\/+|\/+$/g, '');
  const rootPrefix = bare === '' ? '' : `${bare}/`;
  const problem = rootPrefix && findPathProblem(rootPrefix, { rootPrefix: '', maxSegmentBytes: null });
  return problem ? { field: 'rootPrefix', problem } : { root: { bucket, rootPrefix } };
}

/** The first of the libraries in the same bucket that shares keys with a new root: each would show what the other one holds. */
export function findOverlap<L extends Root>(libraries: L[], root: Root): L | null {
  const shares = (library: L) =>
    library.bucket === root.bucket &&
    (library.rootPrefix.startsWith(root.rootPrefix) || root.rootPrefix.startsWith(library.rootPrefix));
  return libraries.find(shares) ?? null;
}

/** An address for a library, from its name or bucket: what is no letter or digit becomes a dash. */
export function suggestSlug(text: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return slug || 'library';
}
