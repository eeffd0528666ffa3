import type { StorageClass } from '@aws-sdk/client-s3';
import { notFound } from '#lib/errors.ts';
import { copySource } from './address.ts';
import { conditionParams } from './condition.ts';
import { copyByParts } from './copy-by-parts.ts';
import { copyObject } from './copy-object.ts';
import { encryptionParams } from './encryption.ts';
import { headObject } from './objects.ts';
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
  const params = {
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
  } as const;
  return copyObject(params);
}
