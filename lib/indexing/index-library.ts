import { db } from '#lib/db.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { listVersionsPage, type VersionsPage } from '#lib/storage/versions.ts';
import { applyListing } from './apply-listing.ts';
import { takeTicket } from './take-ticket.ts';

/** Keys applied in one transaction, in key order. */
const batchKeys = 200;

/** A key's versions may go over to the next page: its ticket is the one of the page where it began. */
type ListedKey = { key: string; ticket: bigint; versions: ListedVersion[] };

/**
 * Lists every version below the library's root into the index, key by key, in bounded memory.
 * Nothing is removed for being absent: keys that the listing does not mention are left as they are.
 * Running it again is harmless; it ends by noting when the index agreed with the bucket.
 * @throws AppError store_unavailable, database_unavailable: the job is tried again from the start
 */
export async function indexLibrary(
  libraryId: bigint,
  signal?: AbortSignal,
): Promise<{ keys: number; versions: number }> {
  const library = await requireLibraryById(libraryId);
  let position = null as VersionsPage['next'];
  let open = null as ListedKey | null;
  let batch: ListedKey[] = [];
  const counts = { keys: 0, versions: 0 };

  const flush = async () => {
    const full = batch;
    batch = [];
    if (full.length === 0) return;
    await db().$transaction(async (tx) => {
      for (const { key, ticket, versions } of full) await applyListing(tx, library, key, ticket, versions);
    });
    counts.keys += full.length;
  };

  do {
    signal?.throwIfAborted();
    const ticket = await takeTicket();
    const page: VersionsPage = await listVersionsPage({
      bucket: library.bucket,
      prefix: library.rootPrefix,
      ...(position ?? {}),
    });
    for (const version of page.versions) {
      counts.versions += 1;
      if (open?.key === version.key) {
        // VersityGW repeats the boundary entry (s3-facts 7c).
        if (!open.versions.some((known) => known.versionId === version.versionId)) open.versions.push(version);
        continue;
      }
      if (open) batch.push(open);
      open = { key: version.key, ticket, versions: [version] };
      if (batch.length >= batchKeys) await flush();
    }
    await flush();
    position = page.next;
  } while (position);
  if (open) batch.push(open);
  await flush();
  await db().library.update({ where: { id: libraryId }, data: { indexedAt: new Date() } });
  return counts;
}
