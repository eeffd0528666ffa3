import { safeNumber } from '#lib/assets/safe-number.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { readStoredParts } from './get-upload.ts';
import { mapBounded } from './map-bounded.ts';
import type { UploadRow } from './own-uploads.ts';
import type { UploadView } from './schema.ts';
import { toUploadView } from './upload-view.ts';

/** Sessions a page. Each open one with parts asks the store once. */
const pageSize = 50;
const storeCallsAtOnce = 8;

type Place = { createdAt: string; id: string };
const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' &&
  value !== null &&
  !Number.isNaN(Date.parse(String((value as Place).createdAt))) &&
  /^[0-9a-f-]{36}$/.test(String((value as Place).id));

/**
 * The caller's own sessions, newest first. "open" are those that can go on.
 * @throws AppError store_unavailable: how much is stored is asked, never guessed
 */
export async function listUploads(
  actor: Actor,
  input: { state: 'open' | 'all'; cursor?: string | undefined },
): Promise<{ uploads: (UploadView & { storedBytes: number; updatedAt: string })[]; nextCursor: string | null }> {
  const after = input.cursor === undefined ? null : decodeCursor(input.cursor, isPlace);
  const rows = await db().upload.findMany({
    where: {
      userId: actor.userId,
      ...(input.state === 'open' ? { state: { in: ['reserved', 'uploading', 'completing'] } } : {}),
      ...(after
        ? {
            OR: [
              { createdAt: { lt: new Date(after.createdAt) } },
              { createdAt: new Date(after.createdAt), id: { lt: after.id } },
            ],
          }
        : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  const libraryIds = [...new Set(page.map((row) => row.libraryId))];
  const libraries = new Map(
    await Promise.all(libraryIds.map(async (id) => [id, await requireLibraryById(id)] as const)),
  );
  const uploads = await mapBounded(page, storeCallsAtOnce, async (row) => {
    const library = libraries.get(row.libraryId);
    if (!library) throw new Error(`Upload ${row.id} has no library.`);
    return {
      ...toUploadView(row, library.slug),
      storedBytes: row.state === 'completed' ? safeNumber(row.size) : await storedBytes(row),
      updatedAt: row.updatedAt.toISOString(),
    };

    async function storedBytes(upload: UploadRow) {
      const parts = await readStoredParts(library as NonNullable<typeof library>, upload);
      return parts.reduce((sum, part) => sum + part.size, 0);
    }
  });
  const last = page.at(-1);
  const nextCursor =
    rows.length > pageSize && last ? encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) : null;
  return { uploads, nextCursor };
}
