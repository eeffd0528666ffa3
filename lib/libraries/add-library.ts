import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireAnyLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { isUniqueViolation } from '#lib/db-errors.ts';
import { AppError } from '#lib/errors.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { bucketExists, getVersioning } from '#lib/storage/buckets.ts';
import { listVersionsPage } from '#lib/storage/versions.ts';
import { libraryView } from './library-view.ts';
import { requireOwnStore } from './own-store.ts';
import type { Root } from './plan-root.ts';
import { findOverlapFinding, requireRoot } from './probe-bucket.ts';
import { requireLibraryById } from './require-library.ts';
import type { LibraryView } from './schema.ts';

/** Any number that no other advisory lock of this database uses. */
const addLock = 7_301_002;

/**
 * Adds a bucket that is there already as a library, with the actor as its first admin; the index is filled in the background. Nothing in
 * the bucket is written. A place that was a library before finds its records again: tags, operations, who uploaded what.
 * @throws AppError forbidden; invalid_request for a bad place or a slug that is taken; wrong_state when another library shares keys;
 *   not_found, store_unavailable when the bucket is not there or may not be listed
 */
export async function addLibrary(
  actor: Actor,
  input: Root & { name: string; slug: string },
): Promise<{ library: LibraryView }> {
  requireAnyLibraryAdmin(actor);
  const root = requireRoot(input);
  if (!(await bucketExists(root.bucket))) {
    throw new AppError('not_found', `The store has no bucket ${root.bucket}. Check the name.`);
  }
  // Without these two rights nothing can be shown, so they are asked for before anything is kept.
  await listVersionsPage({ bucket: root.bucket, prefix: root.rootPrefix, maxKeys: 1 });
  const versioning = await getVersioning(root.bucket);
  const { name, slug } = input;
  try {
    const id = await db().$transaction((tx) => insert(tx, actor, { ...root, name, slug, versioning }));
    const grants = [...actor.grants, { libraryId: id, prefix: '', role: 'admin' as const }];
    return { library: libraryView({ ...actor, grants }, await requireLibraryById(id)) };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = 'is taken by another library';
    throw new AppError('invalid_request', `The address ${slug} ${message}.`, { errors: [{ path: 'slug', message }] });
  }
}

async function insert(
  tx: Tx,
  actor: Actor,
  place: Root & { name: string; slug: string; versioning: string },
): Promise<bigint> {
  const { bucket, rootPrefix, name } = place;
  // Two admins who add overlapping places at once take turns.
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(${addLock}::bigint)) AS taken`;
  const overlap = await findOverlapFinding(actor, place, tx);
  if (overlap) throw new AppError('wrong_state', overlap.detail);
  const store = await requireOwnStore(tx);
  const library = await tx.library.upsert({
    where: { storeId_bucket_rootPrefix: { storeId: store.id, bucket, rootPrefix } },
    create: { ...place, storeId: store.id, createdByApp: false },
    update: { ...place, removedAt: null, indexedAt: null, createdByApp: false },
  });
  const grant = { userId: actor.userId, libraryId: library.id, prefix: '' };
  await tx.grant.upsert({
    where: { userId_libraryId_prefix: grant },
    create: { ...grant, role: 'admin' },
    update: { role: 'admin' },
  });
  await recordAudit(tx, actor, { type: 'library.added', name, bucket, rootPrefix }, { libraryId: library.id });
  await enqueue(tx, 'index-library', { libraryId: String(library.id) }, { jobKey: `index-library:${library.id}` });
  return library.id;
}
