import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { type LibraryContext, requireLibrary } from './require-library.ts';

/** Whether set-up makes this library at every start (S3_BUCKET), so that removing it would last until the next one. */
export const isFromSetup = (library: { bucket: string; rootPrefix: string }) =>
  library.bucket === env().S3_BUCKET && library.rootPrefix === '';

/**
 * Takes a library out of Strata. Its grants go at once and its index in the background; the bucket is not touched, and the records (tags,
 * operations, uploads, audit) stay for the day when the same place is added again.
 * @param input.confirm the slug, typed
 * @throws AppError not_found, forbidden; invalid_request without the confirmation; wrong_state for the library of the set-up, and while
 *   uploads or operations are under way
 */
export async function removeLibrary(
  actor: Actor,
  input: { library: string; confirm: string },
): Promise<{ removed: true }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  if (input.confirm !== library.slug) {
    const message = `must be "${library.slug}"`;
    throw new AppError('invalid_request', `The confirmation ${message}.`, { errors: [{ path: 'confirm', message }] });
  }
  if (isFromSetup(library)) {
    throw new AppError('wrong_state', 'This library is named in S3_BUCKET, so the next start would add it again.');
  }
  await db().$transaction(async (tx) => {
    await requireIdle(tx, library);
    const { name, bucket, rootPrefix } = library;
    await tx.library.update({
      where: { id: library.id },
      // Another library may take the slug.
      data: { removedAt: new Date(), indexedAt: null, slug: `removed-${library.id}` },
    });
    await tx.grant.deleteMany({ where: { libraryId: library.id } });
    await tx.indexRun.updateMany({
      where: { libraryId: library.id, state: 'running' },
      data: { state: 'cancelled', finishedAt: new Date() },
    });
    await recordAudit(tx, actor, { type: 'library.removed', name, bucket, rootPrefix }, { libraryId: library.id });
    await enqueue(tx, 'drop-index', { libraryId: String(library.id) }, { jobKey: `drop-index:${library.id}` });
  });
  return { removed: true };
}

async function requireIdle(tx: Tx, library: LibraryContext): Promise<void> {
  // Locked first: an upload that starts now waits, and then finds no grant.
  await tx.$queryRaw`SELECT 1 FROM "Library" WHERE "id" = ${library.id} FOR UPDATE`;
  const uploads = await tx.upload.count({
    where: { libraryId: library.id, state: { in: ['reserved', 'uploading', 'completing'] } },
  });
  const operations = await tx.operation.count({
    where: { libraryId: library.id, state: { in: ['queued', 'running'] } },
  });
  if (uploads + operations === 0) return;
  const parts = [
    ...(uploads > 0 ? [`${uploads} ${uploads === 1 ? 'upload' : 'uploads'}`] : []),
    ...(operations > 0 ? [`${operations} ${operations === 1 ? 'operation' : 'operations'}`] : []),
  ];
  throw new AppError(
    'wrong_state',
    `${parts.join(' and ')} under way in ${library.name}. Let them end or cancel them first.`,
  );
}
