import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { enableVersioning, getVersioning } from '#lib/storage/buckets.ts';
import { libraryView } from './library-view.ts';
import { requireLibrary } from './require-library.ts';
import type { LibraryView } from './schema.ts';

/**
 * Switches versioning on for a bucket that was there before, by an admin's click.
 * AWS asks to wait 15 minutes before the first write (s3-facts 3.1); it says "enabled" at once.
 * @throws AppError not_found, forbidden, store_unavailable
 */
export async function switchVersioningOn(actor: Actor, input: { library: string }): Promise<{ library: LibraryView }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const before = await getVersioning(library.bucket);
  if (before !== 'enabled') await enableVersioning(library.bucket);
  const versioning = await getVersioning(library.bucket);
  await db().$transaction(async (tx) => {
    // Other libraries may share the bucket under another root.
    const { storeId } = await tx.library.findUniqueOrThrow({ where: { id: library.id }, select: { storeId: true } });
    await tx.library.updateMany({ where: { storeId, bucket: library.bucket }, data: { versioning } });
    await tx.settingsChange.create({
      data: { userId: actor.userId, libraryId: library.id, setting: 'versioning', before, after: versioning },
    });
    await recordAudit(
      tx,
      actor,
      { type: 'versioning.enabled', bucket: library.bucket, before },
      { libraryId: library.id },
    );
  });
  return { library: libraryView(actor, await requireLibrary(actor, input.library)) };
}
