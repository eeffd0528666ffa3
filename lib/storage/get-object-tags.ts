import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { decodeEntities } from './parse-versions-listing.ts';
import { sendOwnRequest } from './send-own-request.ts';
import type { VersionRef } from './types.ts';

export type ObjectTag = { key: string; value: string };

/**
 * S3 object tags of one version, in the store's order.
 * @throws the store's own error for a version that is not there, AppError store_unavailable
 */
export async function getObjectTags(ref: VersionRef): Promise<ObjectTag[]> {
  const { versionId, ...object } = ref;
  const query = { tagging: '', versionId };
  const answer = await sendOwnRequest({ call: 'GetObjectTagging', method: 'GET', ref: object, query });
  return (answer?.status === 200 ? readTagging(answer.body) : null) ?? getTagsBySdk(ref);
}

/** The tags of S3's document; null when it is not quite what S3 writes. Pure. */
export function readTagging(body: string): ObjectTag[] | null {
  if (!body.includes('<Tagging') || !/<\/Tagging>\s*$|<Tagging[^>]*\/>\s*$/.test(body)) return null;
  const found = [...body.matchAll(/<Tag><Key>([^<]+)<\/Key><Value>([^<]*)<\/Value><\/Tag>/g)];
  if (found.length !== body.split('<Tag>').length - 1) return null;
  return found.map(([, key = '', value = '']) => ({ key: decodeEntities(key), value: decodeEntities(value) }));
}

async function getTagsBySdk(ref: VersionRef): Promise<ObjectTag[]> {
  const answer = await callStore('app', 'Reading the tags', (client) =>
    client.send(new GetObjectTaggingCommand({ Bucket: ref.bucket, Key: ref.key, VersionId: ref.versionId })),
  );
  return (answer.TagSet ?? []).map((tag) => ({ key: tag.Key ?? '', value: tag.Value ?? '' }));
}
