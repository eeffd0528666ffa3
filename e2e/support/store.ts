import {
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { bucket } from './environment.ts';
import { storeClient } from './store-client.ts';

const client = storeClient(process.env.S3_ACCESS_KEY_ID, process.env.S3_SECRET_ACCESS_KEY);

export type StoredVersion = {
  versionId: string;
  isLatest: boolean;
  isDeleteMarker: boolean;
  size: number;
  /** Null for a delete marker. */
  storageClass: string | null;
};

/** Versions and markers of exactly this key, latest first. */
export async function versionsOf(key: string): Promise<StoredVersion[]> {
  const page = await client.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
  const versions = (page.Versions ?? []).map((version) => ({
    ...version,
    isDeleteMarker: false,
    size: version.Size ?? 0,
    storageClass: version.StorageClass ?? null,
  }));
  const markers = (page.DeleteMarkers ?? []).map((marker) => ({
    ...marker,
    isDeleteMarker: true,
    size: 0,
    storageClass: null,
  }));
  return [...versions, ...markers]
    .filter((version) => version.Key === key)
    .sort((a, b) => Number(b.LastModified) - Number(a.LastModified))
    .map(({ VersionId, IsLatest, isDeleteMarker, size, storageClass }) => ({
      versionId: VersionId ?? 'null',
      isLatest: IsLatest ?? false,
      isDeleteMarker,
      size,
      storageClass,
    }));
}

/** As another tool would: straight into the bucket, past the app. */
export async function putByOthers(key: string, body: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'image/jpeg' }));
}

/** The bytes of what is current under a key; null when nothing is, or a delete marker. */
export async function readFromStore(key: string): Promise<string | null> {
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await answer.Body?.transformToString()) ?? '';
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return null;
    throw error;
  }
}

export async function headOf(key: string, versionId?: string) {
  return client.send(
    new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ChecksumMode: 'ENABLED' }),
  );
}

/** As another tool would: on a versioned bucket this puts a delete marker. */
export async function deleteFromStore(key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** The lifecycle rules of the bucket, as the store has them; none when it has no document. */
export async function lifecycleOf() {
  try {
    return (await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))).Rules ?? [];
  } catch (error) {
    if ((error as Error).name === 'NoSuchLifecycleConfiguration') return [];
    throw error;
  }
}
