import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { requireTestStore } from './store.ts';

/** One version or marker as the store's own XML tells it. */
export type RawVersion = {
  versionId: string;
  isDeleteMarker: boolean;
  size: number;
  etag: string | null;
  modifiedAt: Date;
};
/** Keys with what they hold, newest first. */
export type RawBucket = Map<string, RawVersion[]>;

/**
 * Another tool at the test store, as its administrator: writes, destroys and reads buckets past everything that the app has, the reading of
 * listings included. What the app's index says is judged by it.
 */
export class OtherTool {
  readonly bucket: string;
  readonly #client: S3Client;

  constructor(bucket: string) {
    this.bucket = bucket;
    const { endpoint } = requireTestStore();
    const credentials = {
      accessKeyId: String(process.env.MINIO_ROOT_USER),
      secretAccessKey: String(process.env.MINIO_ROOT_PASSWORD),
    };
    this.#client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  }

  async put(key: string, body: string): Promise<void> {
    await this.#client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body }));
  }

  /** In one part, which may be small when it is the last. */
  async putInParts(key: string, body: string): Promise<void> {
    const ref = { Bucket: this.bucket, Key: key };
    const { UploadId } = await this.#client.send(
      new CreateMultipartUploadCommand({ ...ref, ChecksumAlgorithm: 'CRC32' }),
    );
    const part = await this.#client.send(new UploadPartCommand({ ...ref, UploadId, PartNumber: 1, Body: body }));
    const parts = { Parts: [{ PartNumber: 1, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 }] };
    await this.#client.send(new CompleteMultipartUploadCommand({ ...ref, UploadId, MultipartUpload: parts }));
  }

  /** With a version id it destroys that version, without one it puts a delete marker (or what the bucket's versioning makes of it). */
  async delete(key: string, versionId?: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }));
  }

  async setVersioning(Status: 'Enabled' | 'Suspended'): Promise<void> {
    await this.#client.send(
      new PutBucketVersioningCommand({ Bucket: this.bucket, VersioningConfiguration: { Status } }),
    );
  }

  /** Everything under a prefix, from the XML of the store itself. */
  async read(prefix: string): Promise<RawBucket> {
    const found: RawBucket = new Map();
    let [keyMarker, versionMarker] = ['', ''];
    for (;;) {
      const markers = keyMarker === '' ? {} : { KeyMarker: keyMarker, VersionIdMarker: versionMarker };
      const command = new ListObjectVersionsCommand({
        Bucket: this.bucket,
        Prefix: prefix,
        EncodingType: 'url',
        ...markers,
      });
      const xml = await (await fetch(await getSignedUrl(this.#client, command))).text();
      if (!xml.includes('<ListVersionsResult')) throw new Error(`The store did not list: ${xml.slice(0, 300)}`);
      // VersityGW is asked for it and does not do it.
      const decode = textOf(xml, 'EncodingType') === 'url' ? decodeUrl : (text: string) => text;
      for (const [, kind, entry = ''] of xml.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)) {
        const key = decode(textOf(entry, 'Key'));
        const isDeleteMarker = kind === 'DeleteMarker';
        const etag = isDeleteMarker ? null : textOf(entry, 'ETag').replaceAll('"', '');
        const size = isDeleteMarker ? 0 : Number(textOf(entry, 'Size'));
        found.set(key, [
          ...(found.get(key) ?? []),
          {
            versionId: textOf(entry, 'VersionId'),
            isDeleteMarker,
            size,
            etag,
            modifiedAt: new Date(textOf(entry, 'LastModified')),
          },
        ]);
      }
      if (textOf(xml, 'IsTruncated') !== 'true') return found;
      keyMarker = decode(textOf(xml, 'NextKeyMarker'));
      versionMarker = textOf(xml, 'NextVersionIdMarker');
    }
  }

  /** The bytes of one version. */
  async get(key: string, VersionId: string): Promise<string> {
    const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key, VersionId }));
    return (await answer.Body?.transformToString()) ?? '';
  }

  /** Whether a version answers by its id, listed or not. */
  async answers(key: string, VersionId: string): Promise<boolean> {
    const command = new HeadObjectCommand({ Bucket: this.bucket, Key: key, VersionId });
    const { status } = await fetch(await getSignedUrl(this.#client, command), { method: 'HEAD' });
    return status === 200;
  }

  close(): void {
    this.#client.destroy();
  }
}

const decodeUrl = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decodeXml = (text: string) =>
  text.replaceAll(/&(#x?)?(\w+);/g, (_, number: string | undefined, name: string) =>
    number ? String.fromCodePoint(Number.parseInt(name, number === '#x' ? 16 : 10)) : (entities[name] ?? name),
  );
const textOf = (xml: string, tag: string) => decodeXml(new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(xml)?.[1] ?? '');
