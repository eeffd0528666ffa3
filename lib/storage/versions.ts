import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { AppError } from '#lib/errors.ts';
import { callStore } from './client.ts';
import { unquoteEtag } from './condition.ts';
import { orderGrouped } from './grouped-order.ts';
import { NULL_VERSION } from './objects.ts';
import type { RawEntry } from './parse-versions-listing.ts';
import { isNotFound } from './store-errors.ts';
import type { ListedVersion, ObjectRef, VersionRef } from './types.ts';
import { readVersionsAnswer } from './versions-answer.ts';

export type VersionsPage = {
  versions: ListedVersion[];
  /** Hand both back to go on; null at the end. MinIO puts a cache id into keyMarker: to resume later, keep the last entry's key instead. */
  next: { keyMarker: string; versionIdMarker: string | undefined } | null;
  /**
   * The marker is a cursor of the store's own, not the last key: MinIO walks on by itself, to the end of the bucket, behind a listing
   * that has more than a page (s3-facts 7c). Every listing that is begun costs such a walk.
   */
  walksOn: boolean;
};

/** `photos/a.jpg[minio_cache:v2,id:00ea5fc7-…,p:0,s:0]` */
const cursorOfMinio = /\[minio_cache:[^\]]*\]$/;

function toListed({ kind, fields }: RawEntry, decode: (key: string) => string): ListedVersion {
  const isVersion = kind === 'Version';
  const modifiedAt = new Date(fields.LastModified ?? '');
  if (fields.Key === undefined || Number.isNaN(modifiedAt.getTime()))
    throw new Error('The store listed a version without key or time.');
  return {
    key: decode(fields.Key),
    versionId: fields.VersionId || NULL_VERSION,
    isDeleteMarker: !isVersion,
    isLatest: fields.IsLatest === 'true',
    modifiedAt,
    size: isVersion ? Number(fields.Size ?? 0) : 0,
    etag: isVersion ? unquoteEtag(fields.ETag ?? '') : null,
    storageClass: isVersion ? fields.StorageClass || 'STANDARD' : null,
  };
}

/**
 * One page of all versions and delete markers under a prefix, in the store's own order: keys ascending, within a key newest
 * first. A key's versions may be split over pages. `maxKeys` 1..1000.
 */
export async function listVersionsPage(input: {
  bucket: string;
  prefix: string;
  keyMarker?: string;
  versionIdMarker?: string | undefined;
  maxKeys?: number;
}): Promise<VersionsPage> {
  const { command, listing, isGrouped } = readVersionsAnswer(
    new ListObjectVersionsCommand({
      Bucket: input.bucket,
      Prefix: input.prefix,
      // Keys may hold what XML 1.0 cannot.
      EncodingType: 'url',
      ...(input.keyMarker !== undefined ? { KeyMarker: input.keyMarker } : {}),
      // MinIO answers NotImplemented to a version marker without a key marker.
      ...(input.keyMarker !== undefined && input.versionIdMarker ? { VersionIdMarker: input.versionIdMarker } : {}),
      ...(input.maxKeys ? { MaxKeys: input.maxKeys } : {}),
    }),
  );
  const { entries, fields } = await callStore('app', 'Listing the versions', async (client) => {
    await client.send(command);
    return listing();
  });
  const decode =
    fields.EncodingType === 'url'
      ? (key: string) => decodeURIComponent(key.replaceAll('+', ' '))
      : (key: string) => key;
  const listed = entries.map((entry) => toListed(entry, decode));
  const versions = isGrouped() ? orderGrouped(listed) : listed;
  // VersityGW repeats the entry at the boundary of two pages.
  const first = versions[0];
  if (first && first.key === input.keyMarker && first.versionId === input.versionIdMarker) versions.shift();

  if (fields.IsTruncated !== 'true') return { versions, next: null, walksOn: false };
  const { NextKeyMarker, NextVersionIdMarker } = fields;
  if (NextKeyMarker === undefined) throw new Error('The store cut a listing short and did not say where.');
  if (versions.length === 0 && (NextVersionIdMarker || undefined) === input.versionIdMarker) {
    throw new Error('The listing of the store does not advance.');
  }
  const keyMarker = decode(NextKeyMarker);
  return {
    versions,
    next: { keyMarker, versionIdMarker: NextVersionIdMarker || undefined },
    walksOn: cursorOfMinio.test(keyMarker),
  };
}

const bytes = (text: string) => Buffer.from(text, 'utf8');

/**
 * All versions and markers of exactly this key, newest first in the store's own order (LastModified has ties, s3-facts 3.4).
 * Empty when the store has nothing under the key.
 * @param pageSize for tests; most keys have few versions, and neighbours with the same prefix are listed too
 */
export async function listKeyVersions(ref: ObjectRef, pageSize = 100): Promise<ListedVersion[]> {
  const found: ListedVersion[] = [];
  let next: VersionsPage['next'] | undefined;
  do {
    const page: VersionsPage = await listVersionsPage({
      bucket: ref.bucket,
      prefix: ref.key,
      maxKeys: pageSize,
      ...next,
    });
    found.push(...page.versions.filter((version) => version.key === ref.key));
    const last = page.versions.at(-1);
    // Keys come in byte order, and a neighbour starts with our key: past it nothing of ours follows.
    if (last && bytes(last.key).compare(bytes(ref.key)) > 0) break;
    next = page.next;
  } while (next);
  return found;
}

/** Destroys one version for ever, by the identity `purge`. One that is gone already is a success. */
export async function removeVersion(ref: VersionRef): Promise<void> {
  try {
    await callStore('purge', 'Removing the version', (client) =>
      client.send(new DeleteObjectCommand({ Bucket: ref.bucket, Key: ref.key, VersionId: ref.versionId })),
    );
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/**
 * Takes a delete marker away, which brings back what is beneath. Asks the store first that it is one.
 * @throws AppError wrong_state when the id is a version with content
 */
export async function removeDeleteMarker(ref: VersionRef): Promise<void> {
  const listed = (await listKeyVersions(ref)).find((version) => version.versionId === ref.versionId);
  if (!listed) return;
  if (!listed.isDeleteMarker)
    throw new AppError('wrong_state', 'This is a version with content, not a delete marker. Nothing was removed.');
  await removeVersion(ref);
}
