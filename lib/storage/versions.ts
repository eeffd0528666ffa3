import {
  type DeleteMarkerEntry,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type ObjectVersion,
} from '@aws-sdk/client-s3';
import { AppError } from '#lib/errors.ts';
import { callStore } from './client.ts';
import { unquoteEtag } from './condition.ts';
import { recordEntryOrder } from './entry-order.ts';
import { orderGrouped } from './grouped-order.ts';
import { NULL_VERSION } from './objects.ts';
import { isNotFound } from './store-errors.ts';
import type { ListedVersion, ObjectRef, VersionRef } from './types.ts';

export type VersionsPage = {
  versions: ListedVersion[];
  /** Hand both back to go on; null at the end. MinIO puts a cache id into keyMarker: to resume later, keep the last entry's key instead. */
  next: { keyMarker: string; versionIdMarker: string | undefined } | null;
};

function toListed(
  entry: ObjectVersion | DeleteMarkerEntry,
  isDeleteMarker: boolean,
  decode: (key: string) => string,
): ListedVersion {
  const { Key, VersionId, IsLatest, LastModified } = entry;
  if (Key === undefined || !LastModified) throw new Error('The store listed a version without key or time.');
  const version = isDeleteMarker ? null : (entry as ObjectVersion);
  return {
    key: decode(Key),
    versionId: VersionId ?? NULL_VERSION,
    isDeleteMarker,
    isLatest: IsLatest ?? false,
    modifiedAt: LastModified,
    size: version?.Size ?? 0,
    etag: version ? unquoteEtag(version.ETag ?? '') : null,
    storageClass: version ? (version.StorageClass ?? 'STANDARD') : null,
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
  const { command, order, isGrouped } = recordEntryOrder(
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
  const page = await callStore('app', 'Listing the versions', (client) => client.send(command));
  const decode =
    page.EncodingType === 'url' ? (key: string) => decodeURIComponent(key.replaceAll('+', ' ')) : (key: string) => key;

  const objects = [...(page.Versions ?? [])];
  const markers = [...(page.DeleteMarkers ?? [])];
  if (order().length !== objects.length + markers.length) throw new Error('The raw listing and the parsed one differ.');
  const listed = order().map((kind) => {
    const entry = kind === 'Version' ? objects.shift() : markers.shift();
    if (!entry) throw new Error('The raw listing and the parsed one differ.');
    return toListed(entry, kind === 'DeleteMarker', decode);
  });
  const versions = isGrouped() ? orderGrouped(listed) : listed;
  // VersityGW repeats the entry at the boundary of two pages.
  const first = versions[0];
  if (first && first.key === input.keyMarker && first.versionId === input.versionIdMarker) versions.shift();

  if (!page.IsTruncated) return { versions, next: null };
  if (page.NextKeyMarker === undefined) throw new Error('The store cut a listing short and did not say where.');
  if (versions.length === 0 && page.NextVersionIdMarker === input.versionIdMarker) {
    throw new Error('The listing of the store does not advance.');
  }
  return { versions, next: { keyMarker: decode(page.NextKeyMarker), versionIdMarker: page.NextVersionIdMarker } };
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
