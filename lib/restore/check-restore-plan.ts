import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { applyListing } from '#lib/indexing/apply-listing.ts';
import { reconcileFolder } from '#lib/indexing/reconcile/reconcile-folder.ts';
import { lookAtKey } from '#lib/indexing/sync-key.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { prefixEnd } from '#lib/libraries/path-rules.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';
import { inLanes } from '#lib/operations/in-lanes.ts';
import { operationStep } from '#lib/operations/steps.ts';
import type { StoredOperation } from '#lib/operations/stored-types.ts';
import { countMoved } from './count-moved.ts';
import { fitsStore } from './fits-store.ts';
import { requirePlan } from './require-plan.ts';

/** Versions up to which everything that was chosen is listed: five requests of 1,000. */
const listedWhole = 5_000;
/** Milliseconds that listing may take: the bucket may hold far more than the index knows. */
const listWithin = 20_000;
/** Files of a larger plan that are asked for one by one. */
const askedFor = 1_000;
const lanes = 16;

type Checked = { whole: boolean; checked: number; changed: number };

/**
 * Compares a planned restore with the store before somebody starts it. What was chosen is listed whole where it is small: then files that
 * the index has not heard of are found too, and so is a plan that the index has outrun. Of more, the first files of the plan are looked at. Where the index was behind it is brought up to
 * date, so that the next plan is right; this one stays as it is, and what no longer fits will be a conflict.
 * @throws AppError not_found, forbidden, wrong_state when it is no plan any more, store_unavailable
 */
export async function checkRestorePlan(actor: Actor, input: { id: string }): Promise<Checked & { checkedAt: string }> {
  const operation = await requirePlan(actor, input.id);
  if (operation.userId !== actor.userId) {
    throw new AppError('forbidden', 'Only the person who planned it can have it checked.');
  }
  const library = await requireLibraryById(operation.libraryId);
  const { selected } = operation.params;
  if (selected === undefined || (await countVersions(library.id, selected)) > listedWhole) {
    return { ...(await checkFirst(library, operation)), checkedAt: new Date().toISOString() };
  }
  const checked = await checkWhole(library, selected);
  // The index is right now, or was: the plan may be older than what made it so.
  if (checked.changed === 0 && operation.type === 'restore-to-time') {
    checked.changed = await countMoved(actor, library, operation, selected);
  }
  return { ...checked, checkedAt: new Date().toISOString() };
}

const isFolder = (path: string) => path === '' || path.endsWith('/');

async function countVersions(libraryId: bigint, paths: string[]): Promise<number> {
  const counts = await Promise.all(
    paths.map(async (path) => {
      const end = isFolder(path) ? prefixEnd(path) : `${path}\u0001`;
      const rows = await db().$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS "count" FROM (
          SELECT 1 FROM "Asset" a JOIN "Version" v ON v."assetId" = a."id"
          WHERE a."libraryId" = ${libraryId} AND a."path" >= ${path} AND (${end}::text IS NULL OR a."path" < ${end}) LIMIT ${listedWhole + 1}) held`;
      return rows[0]?.count ?? 0;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function checkWhole(library: LibraryContext, paths: string[]): Promise<Checked> {
  let changed = 0;
  const signal = AbortSignal.timeout(listWithin);
  try {
    for (const folder of paths.filter(isFolder)) changed += (await reconcileFolder(library, folder, signal)).length;
  } catch (error) {
    if (!signal.aborted) throw error;
    return { whole: false, checked: 0, changed };
  }
  const files = paths.filter((path) => !isFolder(path));
  await inLanes(files, lanes, async (path) => {
    const key = toKey(library, path);
    const before = await versionsOf(library.id, path);
    const { ticket, listed } = await lookAtKey(library, key);
    const now = listed.map((entry) => `${entry.versionId} ${entry.etag}`).join();
    if (now === before) return;
    await db().$transaction((tx) => applyListing(tx, library, key, ticket, listed));
    changed += 1;
  });
  return { whole: true, checked: await countVersions(library.id, paths), changed };
}

/** What the index has of a key, newest first, as one string to compare. */
async function versionsOf(libraryId: bigint, path: string): Promise<string> {
  const rows = await db().$queryRaw<{ id: string; etag: string | null }[]>`
    SELECT v."versionId" AS "id", v."etag" FROM "Asset" a JOIN "Version" v ON v."assetId" = a."id"
    WHERE a."libraryId" = ${libraryId} AND a."path" = ${path} AND v."removedAt" IS NULL ORDER BY v."seq" DESC`;
  return rows.map((row) => `${row.id} ${row.etag}`).join();
}

async function checkFirst(library: LibraryContext, operation: StoredOperation): Promise<Checked> {
  const rows = await db().operationItem.findMany({
    where: { operationId: operation.id, state: 'pending' },
    orderBy: { position: 'asc' },
    take: askedFor + 1,
    select: { key: true, step: true },
  });
  let changed = 0;
  await inLanes(rows.slice(0, askedFor), lanes, async ({ key, step }) => {
    const { ticket, listed } = await lookAtKey(library, key);
    if (fitsStore(operationStep.parse(step), listed)) return;
    await db().$transaction((tx) => applyListing(tx, library, key, ticket, listed));
    changed += 1;
  });
  return { whole: false, checked: Math.min(rows.length, askedFor), changed };
}
