import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { callStore } from './client.ts';
import { NULL_VERSION } from './head-answers.ts';
import { outcomeOf } from './store-errors.ts';
import type { StoreIdentity } from './types.ts';

/** Keys that DeleteObjects takes at most (DeleteObjects in the S3 API reference). */
const mostAtOnce = 1_000;

/** A key that XML 1.0 cannot hold, or that a parser of it might trim, is not named in a document. */
const plainKey = /^(?!\s)[^\p{Cc}\ufffe\uffff]*(?<!\s)$/u;

type Entry = { key: string; versionId?: string };
/** What the store did with an entry: the id of the marker that it put or took away. */
export type Deleted = { versionId: string | null };

/** Of an entry in the answer: a key may have several versions in one request. */
export const entryName = ({ key, versionId }: Entry): string =>
  versionId === undefined ? key : `${key}\0${versionId}`;

/**
 * Puts delete markers on many keys, a thousand in a request; otherwise as `putDeleteMarker`.
 * @returns by `entryName` what went well. What is missing was not done, or not told: the caller asks for it alone, and hears why
 * @throws AppError store_unavailable: nobody need ask alone
 */
export function putDeleteMarkers(bucket: string, keys: string[]): Promise<Map<string, Deleted>> {
  return deleteTogether(
    'app',
    bucket,
    keys.map((key) => ({ key })),
  );
}

/**
 * Takes delete markers away by the identity `purge`, many in a request.
 * @param markers each seen in a listing as a delete marker, so that its id can name nothing else. The id of the `null` version can: it is left out
 * @returns as `putDeleteMarkers`
 * @throws AppError store_unavailable, PurgeInWorker
 */
export function removeDeleteMarkers(
  bucket: string,
  markers: { key: string; versionId: string }[],
): Promise<Map<string, Deleted>> {
  return deleteTogether(
    'purge',
    bucket,
    markers.filter(({ versionId }) => versionId !== NULL_VERSION),
  );
}

async function deleteTogether(
  identity: StoreIdentity,
  bucket: string,
  entries: Entry[],
): Promise<Map<string, Deleted>> {
  const done = new Map<string, Deleted>();
  const plain = entries.filter(({ key }) => plainKey.test(key));
  for (let at = 0; at < plain.length; at += mostAtOnce) {
    const some = plain.slice(at, at + mostAtOnce);
    const Objects = some.map(({ key, versionId }) => ({
      Key: key,
      ...(versionId === undefined ? {} : { VersionId: versionId }),
    }));
    try {
      const answer = await callStore(identity, 'Deleting', (client) =>
        client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } })),
      );
      for (const { Key = '', VersionId, DeleteMarker, DeleteMarkerVersionId } of answer.Deleted ?? []) {
        const name = entryName({ key: Key, ...(VersionId ? { versionId: VersionId } : {}) });
        done.set(name, { versionId: DeleteMarker ? (DeleteMarkerVersionId ?? NULL_VERSION) : null });
      }
    } catch (error) {
      // Some stores insist on a checksum of another kind (s3-facts 1.12), or know no such request: then each is asked for alone.
      if (['away', 'busy', 'timeout'].includes(outcomeOf(error)) || identity === 'purge') throw error;
    }
  }
  return done;
}
