import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type S3Client,
  type StorageClass,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { copySource } from './address.ts';
import { callStore, SLOW_REQUEST_TIMEOUT } from './client.ts';
import { conditionParams, unquoteEtag } from './condition.ts';
import { encryptionParams } from './encryption.ts';
import { NULL_VERSION } from './objects.ts';
import type { ObjectRef, VersionRef, WantedEncryption, WriteCondition } from './types.ts';

/** Bytes of a copied part: large, since no byte passes us; parts at most 10,000 of 5 GiB (s3-facts 2.1). */
const PART_SIZE = 1024 ** 3;
const MAX_PARTS = 10_000;
/** Parts copied at the same time. */
const LANES = 4;

/**
 * A copy above the limit of CopyObject. What CopyObject would carry along is carried by hand: metadata, content headers, tags.
 * The upload has no checksum algorithm: MinIO refuses UploadPartCopy into one that has (s3-facts 7c). AWS computes CRC64NVME anyway.
 * Nothing is left behind when it fails.
 */
export function copyByParts(input: {
  source: VersionRef;
  target: ObjectRef;
  encryption: WantedEncryption;
  condition?: WriteCondition | undefined;
  storageClass?: string | undefined;
  partSize?: number | undefined;
}): Promise<{ versionId: string; etag: string }> {
  return callStore('app', 'Copying the version by parts', async (client) => {
    const { source, target } = input;
    const from = { Bucket: source.bucket, Key: source.key, VersionId: source.versionId };
    const to = { Bucket: target.bucket, Key: target.key };
    const head = await client.send(new HeadObjectCommand(from));
    const tags = head.TagCount ? ((await client.send(new GetObjectTaggingCommand(from))).TagSet ?? []) : [];
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({
        ...to,
        ContentType: head.ContentType,
        ContentEncoding: head.ContentEncoding,
        ContentDisposition: head.ContentDisposition,
        ContentLanguage: head.ContentLanguage,
        CacheControl: head.CacheControl,
        Expires: head.ExpiresString ? new Date(head.ExpiresString) : undefined,
        Metadata: head.Metadata,
        ...(tags.length
          ? { Tagging: new URLSearchParams(tags.map((tag) => [tag.Key ?? '', tag.Value ?? ''])).toString() }
          : {}),
        ...(input.storageClass ? { StorageClass: input.storageClass as StorageClass } : {}),
        ...encryptionParams(input.encryption),
      }),
    );
    try {
      const size = head.ContentLength ?? 0;
      const partSize = Math.max(input.partSize ?? PART_SIZE, Math.ceil(size / MAX_PARTS));
      const ranges = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => ({
        number: index + 1,
        range: `bytes=${index * partSize}-${Math.min(size, (index + 1) * partSize) - 1}`,
      }));
      const parts = await copyParts(client, { ...to, UploadId, CopySource: copySource(source) }, ranges);
      const done = await client.send(
        new CompleteMultipartUploadCommand({
          ...to,
          UploadId,
          MultipartUpload: { Parts: parts },
          MpuObjectSize: size,
          ...conditionParams(input.condition),
        }),
        { requestTimeout: SLOW_REQUEST_TIMEOUT },
      );
      return { versionId: done.VersionId ?? NULL_VERSION, etag: unquoteEtag(done.ETag ?? '') };
    } catch (error) {
      const [abort] = await Promise.allSettled([client.send(new AbortMultipartUploadCommand({ ...to, UploadId }))]);
      // The copy's failure is the one to answer; an abort that failed too rides along for the log.
      throw abort.status === 'rejected' ? Object.assign(error as Error, { abortFailure: abort.reason }) : error;
    }
  });
}

type Range = { number: number; range: string };
type CopiedPart = { PartNumber: number; ETag: string | undefined };

/** Copies the ranges in a few lanes; the first failure stops the others from starting anything new. */
async function copyParts(
  client: S3Client,
  target: { Bucket: string; Key: string; UploadId: string | undefined; CopySource: string },
  ranges: Range[],
): Promise<CopiedPart[]> {
  const queue = ranges.values();
  const parts: CopiedPart[] = [];
  let failed = false;
  const lane = async () => {
    for (const { number, range } of queue) {
      if (failed) return;
      try {
        const copied = await client.send(
          new UploadPartCopyCommand({ ...target, PartNumber: number, CopySourceRange: range }),
          {
            requestTimeout: SLOW_REQUEST_TIMEOUT,
          },
        );
        parts.push({ PartNumber: number, ETag: copied.CopyPartResult?.ETag });
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
  return parts.sort((a, b) => a.PartNumber - b.PartNumber);
}
