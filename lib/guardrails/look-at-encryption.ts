import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { isEncryptedAs } from '#lib/storage/is-encrypted-as.ts';
import { headObject } from '#lib/storage/objects.ts';
import { mapBounded } from '#lib/uploads/map-bounded.ts';

/** Files asked for in one call, and at once. One HEAD each: the index does not know how a version is encrypted. */
const perCall = 200;
const atOnce = 16;

const isPath = (value: unknown): value is string => typeof value === 'string';

/**
 * How the current versions of a part of the library are encrypted, and which are not as the library wants it. Add up the parts.
 * @throws AppError not_found, forbidden, invalid_request (cursor), store_unavailable
 */
export async function lookAtEncryption(actor: Actor, input: { library: string; cursor?: string | undefined }) {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const after = input.cursor ? decodeCursor(input.cursor, isPath) : '';
  const where = { libraryId: library.id, state: 'live' as const };
  const rows = await db().asset.findMany({
    where: { ...where, path: { gt: after } },
    orderBy: { path: 'asc' },
    take: perCall,
    select: { id: true, path: true, versionId: true },
  });
  const wanted = wantedEncryption();
  const heads = await mapBounded(rows, atOnce, async ({ path, versionId }) =>
    headObject({ bucket: library.bucket, key: toKey(library, path), versionId }),
  );
  const kinds: Record<string, number> = {};
  const differing: { id: string; path: string; encryption: string | null }[] = [];
  for (const [index, head] of heads.entries()) {
    const row = rows[index];
    // Gone since the index was asked: the next comparison sees to it.
    if (!head || !row) continue;
    const kind = head.encryption ?? 'none';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (!isEncryptedAs(head, wanted))
      differing.push({ id: String(row.id), path: row.path, encryption: head.encryption });
  }
  const last = rows.at(-1);
  return {
    total: await db().asset.count({ where }),
    looked: rows.length,
    kinds,
    differing,
    wanted: wanted.kind,
    nextCursor: rows.length === perCall && last ? encodeCursor(last.path) : null,
  };
}
