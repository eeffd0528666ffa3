import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createBucket, deleteBucket, getDefaultEncryption, getVersioning } from '#lib/storage/buckets.ts';
import { SCRATCH_BUCKET_PREFIX } from '#lib/storage/identity-policies.ts';
import { emptyBucket } from '#lib/storage/scratch-bucket.ts';
import { listVersionsPage } from '#lib/storage/versions.ts';
import { requireTestStore } from './store.ts';

export type ForeignBucket = {
  bucket: string;
  put: (key: string, body: string) => Promise<void>;
  setVersioning: (status: 'Enabled' | 'Suspended') => Promise<void>;
  /** Everything that a careless set-up could change: settings, and every version with its bytes, headers and S3 tags. */
  look: () => Promise<object>;
  remove: () => Promise<void>;
};

/** A bucket as another tool made and filled it: no versioning unless asked for, no encryption rule, nothing of Strata in it. */
export async function makeForeignBucket(): Promise<ForeignBucket> {
  const { endpoint } = requireTestStore();
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: String(process.env.S3_ACCESS_KEY_ID),
      secretAccessKey: String(process.env.S3_SECRET_ACCESS_KEY),
    },
  });
  const bucket = `${SCRATCH_BUCKET_PREFIX}test-${crypto.randomUUID().slice(0, 13)}`;
  await createBucket(bucket);

  const lookAt = async (ref: { Bucket: string; Key: string; VersionId: string }) => {
    const { Body, ETag, ContentType, Metadata, CacheControl, ServerSideEncryption, LastModified } = await client.send(
      new GetObjectCommand(ref),
    );
    const { TagSet } = await client.send(new GetObjectTaggingCommand(ref));
    const body = await Body?.transformToString();
    return { body, ETag, ContentType, Metadata, CacheControl, ServerSideEncryption, LastModified, TagSet };
  };

  return {
    bucket,
    async put(key, body) {
      const more = {
        ContentType: 'text/plain',
        Metadata: { from: 'elsewhere' },
        CacheControl: 'no-cache',
        Tagging: 'a=1',
      };
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...more }));
    },
    async setVersioning(Status) {
      await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status } }));
    },
    async look() {
      const { versions } = await listVersionsPage({ bucket, prefix: '' });
      return {
        versioning: await getVersioning(bucket),
        encryption: await getDefaultEncryption(bucket),
        policy: await orNone('NoSuchBucketPolicy', client.send(new GetBucketPolicyCommand({ Bucket: bucket }))),
        lifecycle: await orNone(
          'NoSuchLifecycleConfiguration',
          client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket })),
        ),
        versions,
        objects: await Promise.all(
          versions
            .filter((version) => !version.isDeleteMarker)
            .map(({ key, versionId }) => lookAt({ Bucket: bucket, Key: key, VersionId: versionId })),
        ),
      };
    },
    async remove() {
      await emptyBucket(bucket);
      await deleteBucket(bucket);
    },
  };
}

async function orNone(name: string, asked: Promise<object>): Promise<object | null> {
  try {
    const { $metadata: _, ...answer } = (await asked) as { $metadata: object };
    return answer;
  } catch (error) {
    if (error instanceof Error && error.name === name) return null;
    throw error;
  }
}
