import { getSignedUrl } from '@aws-sdk/cloudfront-signer';
import { env } from '#lib/env.ts';
import { encodeKey, encodeS3 } from './address.ts';
import { NULL_VERSION } from './head-answers.ts';
import type { ObjectRef } from './types.ts';

/**
 * A link to one object by CloudFront, signed with the key group's key; null where no distribution stands before the bucket. The version is
 * in the address, so what an edge has cached is never another one; the signature is no part of CloudFront's cache key, so every person who
 * may see the file is served from the same copy.
 *
 * A `null` version changes its content under one id: such links go to the store.
 * @param input.query sent on to S3; the distribution must forward it (deploy/aws/strata.template.json)
 * @param input.now rounded down by callers whose links are to stay the same within a window: RSA signatures are deterministic
 * @param input.expiresIn seconds
 */
export function cloudFrontLink(input: {
  ref: ObjectRef;
  query: Record<string, string>;
  now: Date;
  expiresIn: number;
}): string | null {
  const base = distributionOf(input.ref.bucket);
  const { CLOUDFRONT_KEY_PAIR_ID: keyPairId, CLOUDFRONT_PRIVATE_KEY: privateKey } = env();
  if (base === null || !keyPairId || !privateKey || input.query.versionId === NULL_VERSION) return null;
  const query = Object.entries(input.query)
    .map(([name, value]) => `${encodeS3(name)}=${encodeS3(value)}`)
    .join('&');
  const url = `${base}/${encodeKey(input.ref.key)}${query && `?${query}`}`;
  const until = input.now.getTime() + input.expiresIn * 1000;
  return remembered(`${until} ${url}`, () =>
    getSignedUrl({ url, keyPairId, privateKey, dateLessThan: new Date(until).toISOString() }),
  );
}

/** Whether links to objects of a bucket go by CloudFront. */
export function isBehindCloudFront(bucket: string): boolean {
  return distributionOf(bucket) !== null;
}

/** Address of the distribution before a bucket, without a slash at the end. */
function distributionOf(bucket: string): string | null {
  const { S3_BUCKET, S3_RENDITIONS_BUCKET, CLOUDFRONT_URL, CLOUDFRONT_RENDITIONS_URL } = env();
  const found = { [S3_BUCKET]: CLOUDFRONT_URL, [S3_RENDITIONS_BUCKET]: CLOUDFRONT_RENDITIONS_URL }[bucket];
  return found ? found.replace(/\/+$/, '') : null;
}

/**
 * An RSA signature takes 0.6 ms against 0.02 ms of a presigned link, and a listing has hundreds of thumbnails whose links stay the same for
 * hours: so the last ones are kept. All go at once when they are too many, as at the turn of a window.
 */
const links = new Map<string, string>();
const maxLinks = 20_000;

function remembered(name: string, make: () => string): string {
  let link = links.get(name);
  if (!link) {
    if (links.size >= maxLinks) links.clear();
    link = make();
    links.set(name, link);
  }
  return link;
}
