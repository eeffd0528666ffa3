import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { storeClient } from './client.ts';
import type { ObjectRef } from './types.ts';

/** Percent-encoding of S3 (RFC 3986 unreserved characters stay), used in paths and queries. */
export const encodeS3 = (value: string) =>
  // Most of what is encoded needs nothing; asking first halves the cost of a signature.
  /[^\w.~-]/.test(value)
    ? encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    : value;

export const encodeKey = (key: string) => key.split('/').map(encodeS3).join('/');

/** `x-amz-copy-source` of one version. */
export const copySource = (source: ObjectRef & { versionId?: string }) =>
  `${source.bucket}/${encodeKey(source.key)}${source.versionId === undefined ? '' : `?versionId=${encodeS3(source.versionId)}`}`;

/** Where a bucket is found. */
export type BucketAddress = {
  protocol: string;
  hostname: string;
  port: number | undefined;
  /** Host and port as in the Host header. */
  host: string;
  /** Path of the bucket, without a slash at the end. */
  basePath: string;
};

const addresses = new Map<string, BucketAddress>();

/** Where browsers or we find a bucket; path style or virtual host as the SDK's own endpoint rules say. */
export function bucketAddress(bucket: string, endpoint: 'public' | 'internal' = 'public'): BucketAddress {
  const name = `${endpoint} ${bucket}`;
  let address = addresses.get(name);
  if (!address) {
    const { S3_ENDPOINT, S3_PUBLIC_ENDPOINT, S3_REGION, S3_FORCE_PATH_STYLE } = env();
    const wanted = endpoint === 'public' ? S3_PUBLIC_ENDPOINT : S3_ENDPOINT;
    const { url } = storeClient('app').config.endpointProvider({
      Bucket: bucket,
      Region: S3_REGION,
      ForcePathStyle: S3_FORCE_PATH_STYLE,
      UseFIPS: false,
      UseDualStack: false,
      Accelerate: false,
      UseGlobalEndpoint: false,
      ...(wanted ? { Endpoint: wanted } : {}),
    });
    address = {
      protocol: url.protocol,
      hostname: url.hostname,
      port: url.port ? Number(url.port) : undefined,
      host: url.host,
      basePath: url.pathname.replace(/\/$/, ''),
    };
    addresses.set(name, address);
  }
  return address;
}

export const hasDotSegments = (segments: string[]) => segments.some((one) => one === '.' || one === '..');

/**
 * Path of an object for a URL that a browser follows.
 * @throws AppError irregular_key for dot segments: URL parsers fold them, encoded or not, so the signature could never fit.
 */
export function objectPath(address: BucketAddress, key: string): string {
  const segments = key.split('/');
  if (hasDotSegments(segments)) {
    throw new AppError(
      'irregular_key',
      'A key with the segments "." or ".." cannot be opened by a browser. Rename it first.',
    );
  }
  return `${address.basePath}/${segments.map(encodeS3).join('/')}`;
}
