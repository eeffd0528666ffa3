import { CopyObjectCommand, PutObjectCommand, PutObjectTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import type { TestLibrary } from './library.ts';

type Extra = {
  contentType?: string;
  metadata?: Record<string, string>;
  cacheControl?: string;
  disposition?: string;
  tags?: string;
};

/** Files of a test library as another tool would write them, and looks at what the store really holds. */
export function testFiles(home: TestLibrary) {
  const { library } = home;
  const client = new S3Client({
    endpoint: String(process.env.S3_ENDPOINT),
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: String(process.env.S3_ACCESS_KEY_ID),
      secretAccessKey: String(process.env.S3_SECRET_ACCESS_KEY),
    },
  });
  const ref = (path: string) => ({ bucket: library.bucket, key: toKey(library, path) });

  return {
    client,
    ref,
    /** Writes to the store only: the index does not know. */
    async write(path: string, body: string, extra: Extra = {}): Promise<string> {
      const { bucket, key } = ref(path);
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: Buffer.from(body),
        ContentType: extra.contentType ?? 'text/plain',
        ChecksumAlgorithm: 'CRC64NVME',
        Metadata: extra.metadata,
        CacheControl: extra.cacheControl,
        ContentDisposition: extra.disposition,
      });
      const done = await client.send(put);
      if (extra.tags) {
        const TagSet = [...new URLSearchParams(extra.tags)].map(([Key, Value]) => ({ Key, Value }));
        await client.send(
          new PutObjectTaggingCommand({ Bucket: bucket, Key: key, VersionId: done.VersionId, Tagging: { TagSet } }),
        );
      }
      return String(done.VersionId ?? 'null');
    },
    /** Writes and brings the index up to date. @returns the version id */
    async put(path: string, body: string, extra: Extra = {}): Promise<string> {
      const versionId = await this.write(path, body, extra);
      await syncKey(library, toKey(library, path));
      return versionId;
    },
    async asset(path: string) {
      return db().asset.findUniqueOrThrow({ where: { libraryId_path: { libraryId: library.id, path } } });
    },
    async id(path: string): Promise<string> {
      return String((await this.asset(path)).id);
    },
    stored(path: string): Promise<ListedVersion[]> {
      return listKeyVersions(ref(path));
    },
    trash(actor: Actor, ...paths: string[]) {
      return startOperation(actor, { library: library.slug, type: 'trash', selection: { paths } });
    },
    copy(path: string, versionId: string) {
      const { bucket, key } = ref(path);
      return client.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: key,
          CopySource: `${bucket}/${encodeURIComponent(key)}?versionId=${versionId}`,
        }),
      );
    },
  };
}
export type TestFiles = ReturnType<typeof testFiles>;
