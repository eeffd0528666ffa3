import { headObject } from '#lib/storage/objects.ts';
import type { VersionRef } from '#lib/storage/types.ts';

/** Sameness of content: size and CRC64NVME, which is stable under copy; the ETag only where the store has no checksum. */
export async function isSameContent(a: VersionRef, b: VersionRef): Promise<boolean> {
  const [one, other] = await Promise.all([headObject(a), headObject(b)]);
  if (!one || !other || one.size !== other.size) return false;
  return one.crc64nvme !== null && other.crc64nvme !== null
    ? one.crc64nvme === other.crc64nvme
    : one.etag === other.etag;
}
