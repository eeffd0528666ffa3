import { AppError } from '#lib/errors.ts';

/** S3: a key is at most 1,024 bytes of UTF-8 (s3-facts 1; API_PutObject). */
export const maxKeyBytes = 1024;
const encoder = new TextEncoder();
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

export type PathLimits = { rootPrefix: string; maxSegmentBytes: number | null };

/**
 * What is wrong with a path for a file (no trailing "/") or a folder (trailing "/"), in words that say what to do; null when it is fine.
 * Names are kept exactly as given: NFC is not forced.
 */
export function findPathProblem(path: string, limits: PathLimits): string | null {
  if (path === '' || path === '/') return 'A path needs a name.';
  if (!path.isWellFormed()) return 'The name holds a broken character (half of a surrogate pair). Rename the file.';
  if (path.startsWith('/')) return 'A path starts with a name, not with a slash.';
  if (controlCharacter.test(path))
    return 'The name holds a control character, such as a line break or tab. Rename the file.';
  const bytes = encoder.encode(limits.rootPrefix + path).length;
  if (bytes > maxKeyBytes) {
    return `The path is ${bytes.toLocaleString('en')} bytes long; the store takes ${maxKeyBytes.toLocaleString('en')}. Shorten a folder or file name.`;
  }
  const segments = (path.endsWith('/') ? path.slice(0, -1) : path).split('/');
  for (const segment of segments) {
    if (segment === '') return 'A path cannot hold two slashes in a row.';
    if (segment === '.' || segment === '..') return 'A name cannot be "." or "..".';
    if (limits.maxSegmentBytes !== null && encoder.encode(segment).length > limits.maxSegmentBytes) {
      return `The name ${segment.slice(0, 20)}… is longer than the ${limits.maxSegmentBytes} bytes that this store takes. Shorten it.`;
    }
  }
  return null;
}

/** @throws AppError invalid_path */
export function requireValidPath(path: string, limits: PathLimits): void {
  const problem = findPathProblem(path, limits);
  if (problem) throw new AppError('invalid_path', problem);
}

/** A key that exists in the bucket but that Strata would never make. */
export function isIrregularPath(path: string): boolean {
  return findPathProblem(path, { rootPrefix: '', maxSegmentBytes: null }) !== null;
}

/** "a/b/c.jpg" → "a/b/"; "a/b/" → "a/"; "c.jpg" → "". */
export function parentFolder(path: string): string {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  return trimmed.slice(0, trimmed.lastIndexOf('/') + 1);
}

/** "a/b/c.jpg" → "c.jpg"; "a/b/" → "b". */
export function nameOf(path: string): string {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/**
 * The name under which a key is listed in its folder. One that ends in "/" and holds bytes (a folder marker that another tool filled) keeps
 * the slash: a file "b" and such a "b/" may lie side by side, and names are unique in a folder.
 */
export function assetName(path: string): string {
  return path.endsWith('/') ? `${nameOf(path)}/` : nameOf(path);
}

/** Whether an asset under this path could not have been made by Strata. */
export function isIrregularAsset(path: string): boolean {
  return path.endsWith('/') || isIrregularPath(path);
}

/** The folders above a path, nearest last, without the root: "a/b/c.jpg" → ["a/", "a/b/"]. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at !== -1 && at < path.length - 1; at = path.indexOf('/', at + 1)) {
    folders.push(path.slice(0, at + 1));
  }
  return folders;
}

/** The smallest text above all that start with `prefix`, in byte order: for ranges `>= prefix AND < end`. Null for the root: no end. */
export function prefixEnd(prefix: string): string | null {
  if (prefix === '') return null;
  const last = prefix.codePointAt(prefix.length - 1) as number;
  // A folder prefix ends in "/", whose successor is "0".
  return prefix.slice(0, -1) + String.fromCodePoint(last + 1);
}
