import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { storeClient } from './client.ts';
import type { ObjectRef } from './types.ts';

/** Percent-encoding of S3 (RFC 3986 unreserved characters stay), used in paths and queries. */
export const encodeS3 = (value: string) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export const encodeKey = (key: string) => key.split('/').map(encodeS3).join('/');

/** `x-amz-copy-source` of one version. */
export const copySource = (source: ObjectRef & { versionId: string }) =>
  `${source.bucket}/${encodeKey(source.key)}?versionId=${encodeS3(source.versionId)}`;

const bases = new Map<string, URL>();

/** Where browsers or we find a bucket; path style or virtual host as the SDK's own endpoint rules say. */
export function bucketUrl(bucket: string, endpoint: 'public' | 'internal' = 'public'): URL {
  const name = `${endpoint} ${bucket}`;
  let base = bases.get(name);
  if (!base) {
    const { S3_ENDPOINT, S3_PUBLIC_ENDPOINT, S3_REGION, S3_FORCE_PATH_STYLE } = env();
    const address = endpoint === 'public' ? S3_PUBLIC_ENDPOINT : S3_ENDPOINT;
    base = storeClient('app').config.endpointProvider({
      Bucket: bucket,
      Region: S3_REGION,
      ForcePathStyle: S3_FORCE_PATH_STYLE,
      UseFIPS: false,
      UseDualStack: false,
      Accelerate: false,
      UseGlobalEndpoint: false,
      ...(address ? { Endpoint: address } : {}),
    }).url;
    bases.set(name, base);
  }
  return base;
}

/**
 * Path of an object for a URL that a browser follows.
 * @throws AppError irregular_key for dot segments: URL parsers fold them, encoded or not, so the signature could never fit.
 */
export function objectPath(ref: ObjectRef, endpoint: 'public' | 'internal' = 'public'): string {
  if (ref.key.split('/').some((segment) => segment === '.' || segment === '..')) {
    throw new AppError(
      'irregular_key',
      'A key with the segments "." or ".." cannot be opened by a browser. Rename it first.',
    );
  }
  return `${bucketUrl(ref.bucket, endpoint).pathname.replace(/\/$/, '')}/${encodeKey(ref.key)}`;
}
