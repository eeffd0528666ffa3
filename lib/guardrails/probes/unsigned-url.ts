import { bucketAddress, objectPath } from '#lib/storage/address.ts';

/** Where anybody would look for an object, or for the bucket with an empty key. @param protocol another one than the store's */
export function unsignedUrl(bucket: string, key: string, protocol?: 'http:'): string {
  const address = bucketAddress(bucket, 'public');
  const path = key === '' ? `${address.basePath}/` : objectPath(address, key);
  return `${protocol ?? address.protocol}//${address.host}${path}`;
}
