import type * as z from 'zod';
import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { presignGet } from '#lib/storage/presign.ts';
import type { signArchiveEndpoint } from './endpoints.ts';

/** Seconds that a link lives: files of a batch are read one after the other, and a slow one may come before. */
const expiresIn = 600;

/** Links to exactly the versions that the ZIP was planned with; one that is gone or no longer yours is said, and the others go on. */
export async function signArchive(
  actor: Actor,
  input: { library: string; items: { id: string; versionId: string }[] },
): Promise<z.output<typeof signArchiveEndpoint.output>> {
  const library = await requireLibrary(actor, input.library);
  const ids = input.items.map((item) => BigInt(item.id)).filter((id) => BigInt.asIntN(64, id) === id);
  const rows = await db().$queryRaw<{ id: bigint; path: string; versionId: string }[]>`
    SELECT a."id", a."path", v."versionId" FROM "Asset" a JOIN "Version" v ON v."assetId" = a."id"
    WHERE a."libraryId" = ${library.id} AND a."id" = ANY(${ids}) AND NOT v."isDeleteMarker" AND v."removedAt" IS NULL
      AND v."versionId" = ANY(${input.items.map((item) => item.versionId)})`;
  const byItem = new Map(rows.map((row) => [`${row.id} ${row.versionId}`, row]));
  const { code, detail } = notFound('The file');
  const results = await Promise.all(
    input.items.map(async ({ id, versionId }) => {
      const row = byItem.get(`${id} ${versionId}`);
      if (!row || roleAt(actor, library.id, row.path) === null) return { ok: false as const, error: { code, detail } };
      const ref = { bucket: library.bucket, key: toKey(library, row.path) };
      const fileName = nameOf(row.path);
      const signed = await presignGet({ ref, versionId, disposition: 'attachment', fileName, expiresIn });
      return { ok: true as const, url: signed.url, expiresAt: signed.expiresAt.toISOString() };
    }),
  );
  return { results };
}
