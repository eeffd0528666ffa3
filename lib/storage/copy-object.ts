import { CopyObjectCommand, type CopyObjectCommandInput } from '@aws-sdk/client-s3';
import { callStore, SLOW_REQUEST_TIMEOUT } from './client.ts';
import { unquoteEtag } from './condition.ts';
import { NULL_VERSION } from './head-answers.ts';
import { sendOwnRequest } from './send-own-request.ts';

/** The header by which each parameter of the SDK travels (CopyObject in the S3 API reference). A copy is told by these parameters and no others. */
const headerOf = {
  CopySource: 'x-amz-copy-source',
  MetadataDirective: 'x-amz-metadata-directive',
  TaggingDirective: 'x-amz-tagging-directive',
  AnnotationDirective: 'x-amz-object-annotation-directive',
  StorageClass: 'x-amz-storage-class',
  ServerSideEncryption: 'x-amz-server-side-encryption',
  SSEKMSKeyId: 'x-amz-server-side-encryption-aws-kms-key-id',
  IfMatch: 'if-match',
  IfNoneMatch: 'if-none-match',
} as const satisfies Partial<Record<keyof CopyObjectCommandInput, string>>;

export type CopyParams = { Bucket: string; Key: string; CopySource: string } & Pick<
  CopyObjectCommandInput,
  Exclude<keyof typeof headerOf, 'CopySource'>
>;
export type Copied = { versionId: string; etag: string };

/**
 * One CopyObject: one try of our own, and where that is no plain success the SDK's, which repeats and tells faults apart.
 * @throws AppError, see `callStore`
 */
export async function copyObject(params: CopyParams): Promise<Copied> {
  return (await copyAtOnce(params)) ?? copyBySdk(params);
}

async function copyAtOnce({ Bucket, Key, ...params }: CopyParams): Promise<Copied | null> {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(headerOf) as (keyof typeof headerOf)[]) {
    const value = params[name];
    if (value !== undefined) headers[headerOf[name]] = value;
  }
  const ref = { bucket: Bucket, key: Key };
  const patience = SLOW_REQUEST_TIMEOUT;
  const answer = await sendOwnRequest({ call: 'CopyObject', method: 'PUT', ref, headers, patience });
  // A copy that takes long is answered 200 at once, and may fail in the body (CopyObject in the S3 API reference).
  if (answer?.status !== 200 || !answer.body.includes('<CopyObjectResult')) return null;
  const etag = /<ETag>([^<]*)<\/ETag>/.exec(answer.body)?.[1]?.replace(/&quot;|&#34;/g, '"');
  if (etag === undefined) return null;
  return { versionId: String(answer.headers['x-amz-version-id'] ?? NULL_VERSION), etag: unquoteEtag(etag) };
}

async function copyBySdk(params: CopyParams): Promise<Copied> {
  const done = await callStore('app', 'Copying the version', (client) =>
    client.send(new CopyObjectCommand(params), { requestTimeout: SLOW_REQUEST_TIMEOUT }),
  );
  return { versionId: done.VersionId ?? NULL_VERSION, etag: unquoteEtag(done.CopyObjectResult?.ETag ?? '') };
}
