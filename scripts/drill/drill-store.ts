import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { inLanes } from '#lib/operations/in-lanes.ts';

/** What stands under one key: SHA-256 of the bytes, content type and metadata. Two files with the same one are the same to everybody. */
export type Standing = Map<string, string>;
export type DrillStore = ReturnType<typeof drillStore>;

/** Requests at once. */
const lanes = 16;

/** The bucket as a stranger with a key sees it: no Strata in between, neither when it is damaged nor when it is compared. */
export function drillStore(client: S3Client, bucket: string) {
  return {
    async put(key: string, body: Uint8Array, contentType: string, metadata: Record<string, string> = {}) {
      const object = { Bucket: bucket, Key: key, Body: body, ContentType: contentType, Metadata: metadata };
      await client.send(new PutObjectCommand(object));
    },
    /** Without a version id: a delete marker, as `aws s3 rm` leaves it. */
    async delete(key: string) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    /** Every file under a prefix, read to its last byte, and the newest time that the store gave one. */
    async read(prefix: string): Promise<{ standing: Standing; newest: Date }> {
      const keys: string[] = [];
      let newest = new Date(0);
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const list = { Bucket: bucket, Prefix: prefix, ContinuationToken: token };
        const page = await client.send(new ListObjectsV2Command(list));
        for (const { Key, LastModified } of page.Contents ?? []) {
          if (Key !== undefined) keys.push(Key);
          if (LastModified && LastModified > newest) newest = LastModified;
        }
        token = page.NextContinuationToken;
      }
      const standing: Standing = new Map();
      await inLanes(keys, lanes, async (key) => {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
        const metadata = Object.entries(answer.Metadata ?? {}).toSorted();
        standing.set(key, `${sha256(bytes)} ${answer.ContentType} ${JSON.stringify(metadata)}`);
      });
      return { standing, newest };
    },
  };
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Where two states are not the same, in sentences; none when they are. */
export function differences(should: Standing, is: Standing): string[] {
  const found: string[] = [];
  for (const [key, fingerprint] of should) {
    if (!is.has(key)) found.push(`${key} is missing.`);
    else if (is.get(key) !== fingerprint) found.push(`${key} has other bytes, another type or other metadata.`);
  }
  for (const key of is.keys()) if (!should.has(key)) found.push(`${key} should not be there.`);
  return found;
}
