/**
 * The headers that a presigned PUT may bind and a browser then sends: the one list behind the signer and the CORS rule.
 * `x-amz-meta-*` stands for any name, as in a CORS rule.
 */
export const SIGNABLE_BY_BROWSER = [
  'content-type',
  'if-none-match',
  'if-match',
  'x-amz-checksum-crc64nvme',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-meta-*',
] as const;

/** Signed too, but set by the browser itself: a script may not, and CORS does not ask. */
export const BROWSER_SETS = ['host', 'content-length'] as const;

const exact = new Set<string>([...SIGNABLE_BY_BROWSER, ...BROWSER_SETS].filter((name) => !name.endsWith('*')));
const prefixes = SIGNABLE_BY_BROWSER.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

/** In requests of the server's own. */
const SERVER_SETS = new Set([
  'x-amz-checksum-mode',
  'x-amz-acl',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-tagging-directive',
  'x-amz-object-annotation-directive',
  'x-amz-storage-class',
  'cache-control',
  'range',
]);

/** Whether the signer may bind this header (lower-case), in a link for browsers or in a request of our own. */
export function isSignable(name: string, endpoint: 'public' | 'internal' = 'public'): boolean {
  if (endpoint === 'internal' && SERVER_SETS.has(name)) return true;
  return exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}
