import { CopyObjectCommand, GetObjectTaggingCommand, type StorageClass } from '@aws-sdk/client-s3';
import { notFound } from '#lib/errors.ts';
import { copySource } from './address.ts';
import { callStore, SLOW_REQUEST_TIMEOUT } from './client.ts';
import { conditionHeaders, conditionParams, unquoteEtag } from './condition.ts';
import { copyByParts } from './copy-by-parts.ts';
import { encryptionHeaders, encryptionParams } from './encryption.ts';
import { headObject, NULL_VERSION } from './objects.ts';
import { sendOwnRequest } from './send-own-request.ts';
import type { ObjectRef, VersionRef, WantedEncryption, WriteCondition } from './types.ts';

/** Bytes that CopyObject takes at most (s3-facts 2.3). */
const SINGLE_COPY_LIMIT = 5 * 1024 ** 3;

type Copy = {
  source: VersionRef;
  target: ObjectRef;
  encryption: WantedEncryption;
  condition?: WriteCondition;
  storageClass?: string | undefined;
};

/**
 * Copies one version to a key (its own or another) at the store: metadata, content headers and S3 tags kept,
 * encryption as wanted now. Above 5 GiB by parts.
 * @param input.storageClass STANDARD where it is left out, as S3 does
 * @param input.size saves a HEAD when the caller knows it
 * @param input.condition MinIO and VersityGW ignore it on a copy of at most 5 GiB: look before and after
 * @param input.singleCopyLimit,input.partSize for tests
 * @throws AppError wrong_state when the source is archived, not_found when it is gone, version_changed on the condition
 */
export async function copyVersion(
  input: Copy & { size?: number; singleCopyLimit?: number; partSize?: number },
): Promise<{ versionId: string; etag: string }> {
  const { source, target, encryption, condition, storageClass } = input;
  const limit = input.singleCopyLimit ?? SINGLE_COPY_LIMIT;
  if (input.size === undefined || input.size > limit) {
    const head = await headObject(source);
    if (!head) throw notFound('The version to copy');
    if (head.size > limit) {
      return copyByParts({ source, target, encryption, condition, storageClass, partSize: input.partSize });
    }
  }
  return (await copyAtOnce(input)) ?? copyBySdk(input);
}

/** One try of our own. @returns null for anything but a plain success: then the SDK copies, which repeats and tells faults apart */
async function copyAtOnce(copy: Copy): Promise<{ versionId: string; etag: string } | null> {
  const { source, target, encryption, condition, storageClass } = copy;
  const answer = await sendOwnRequest({
    call: 'CopyObject',
    method: 'PUT',
    ref: target,
    headers: {
      'x-amz-copy-source': copySource(source),
      'x-amz-metadata-directive': 'COPY',
      'x-amz-tagging-directive': 'COPY',
      'x-amz-object-annotation-directive': 'EXCLUDE',
      ...(storageClass ? { 'x-amz-storage-class': storageClass } : {}),
      ...encryptionHeaders(encryption),
      ...(condition ? conditionHeaders(condition) : {}),
    },
    patience: SLOW_REQUEST_TIMEOUT,
  });
  // A copy that takes long is answered 200 at once, and may fail in the body (CopyObject in the S3 API reference).
  if (answer?.status !== 200 || !answer.body.includes('<CopyObjectResult')) return null;
  const etag = /<ETag>([^<]*)<\/ETag>/.exec(answer.body)?.[1]?.replace(/&quot;|&#34;/g, '"');
  if (etag === undefined) return null;
  return { versionId: String(answer.headers['x-amz-version-id'] ?? NULL_VERSION), etag: unquoteEtag(etag) };
}

/** The same by the SDK's client. */
async function copyBySdk(copy: Copy): Promise<{ versionId: string; etag: string }> {
  const { source, target, encryption, condition, storageClass } = copy;
  const done = await callStore('app', 'Copying the version', (client) =>
    client.send(
      new CopyObjectCommand({
        Bucket: target.bucket,
        Key: target.key,
        CopySource: copySource(source),
        MetadataDirective: 'COPY',
        TaggingDirective: 'COPY',
        // Annotations would need rights of their own (s3-facts 3.9).
        AnnotationDirective: 'EXCLUDE',
        ...(storageClass ? { StorageClass: storageClass as StorageClass } : {}),
        ...encryptionParams(encryption),
        ...conditionParams(condition),
      }),
      { requestTimeout: SLOW_REQUEST_TIMEOUT },
    ),
  );
  return { versionId: done.VersionId ?? NULL_VERSION, etag: unquoteEtag(done.CopyObjectResult?.ETag ?? '') };
}

/** S3 object tags of one version, in the store's order. */
export async function getObjectTags(ref: VersionRef): Promise<{ key: string; value: string }[]> {
  const answer = await callStore('app', 'Reading the tags', (client) =>
    client.send(new GetObjectTaggingCommand({ Bucket: ref.bucket, Key: ref.key, VersionId: ref.versionId })),
  );
  return (answer.TagSet ?? []).map((tag) => ({ key: tag.Key ?? '', value: tag.Value ?? '' }));
}
