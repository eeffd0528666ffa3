import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { isAccessDenied } from './store-errors.ts';
import type { VersionRef } from './types.ts';

/** Tries to destroy a version with the key that must not be able to: for probes. @returns whether it could */
export async function tryRemovingByApp(ref: VersionRef): Promise<boolean> {
  try {
    await callStore('app', 'Trying to remove a version', (client) =>
      client.send(new DeleteObjectCommand({ Bucket: ref.bucket, Key: ref.key, VersionId: ref.versionId })),
    );
    return true;
  } catch (error) {
    if (isAccessDenied(error)) return false;
    throw error;
  }
}
