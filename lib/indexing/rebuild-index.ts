import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { requireLibrary, requireLibraryById } from '#lib/libraries/require-library.ts';
import { dropIndex } from './drop-index.ts';
import { indexRunView } from './index-run-view.ts';
import { findShards } from './reconcile/find-shards.ts';
import { readRunReport } from './reconcile/read-run-report.ts';
import { enqueueIndexRun } from './reconcile/start-index-run.ts';
import { recordChange } from './record-change.ts';
import type { IndexRunView } from './schema.ts';

/**
 * Drops the index of a library and lists its bucket anew, in the worker. Meanwhile folders come from the store. Assets get new ids, and what
 * the bucket no longer tells is gone: that a version was there which was destroyed since.
 * @param input.confirm the slug, typed
 * @throws AppError not_found, forbidden, invalid_request without the confirmation
 */
export async function rebuildIndex(
  actor: Actor,
  input: { library: string; confirm: string },
): Promise<{ run: IndexRunView }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  if (input.confirm !== library.slug) {
    const message = `must be "${library.slug}"`;
    throw new AppError('invalid_request', `The confirmation ${message}.`, { errors: [{ path: 'confirm', message }] });
  }
  const runId = await db().$transaction(async (tx) => {
    const id = await beginRebuild(tx, library.id);
    await recordAudit(tx, actor, { type: 'index.rebuild-started' }, { libraryId: library.id });
    await enqueue(tx, 'rebuild-index', { runId: String(id) }, { jobKey: `rebuild-index:${id}` });
    return id;
  });
  return { run: indexRunView(await readRunReport(runId)) };
}

/**
 * From this moment the index does not count as whole. A comparison under way ends: it would fill what is being dropped.
 * @returns the run, which has no shards yet: `prepareRebuild` makes them
 */
export async function beginRebuild(tx: Tx, libraryId: bigint): Promise<bigint> {
  await tx.library.update({ where: { id: libraryId }, data: { indexedAt: null } });
  await tx.indexRun.updateMany({
    where: { libraryId, state: 'running' },
    data: { state: 'cancelled', finishedAt: new Date() },
  });
  const { id } = await tx.indexRun.create({ data: { libraryId, kind: 'rebuild' }, select: { id: true } });
  await recordChange(tx, libraryId, 'folder', '', '');
  return id;
}

/**
 * Drops what is there and cuts the bucket into shards. Safe to repeat after a crash: with shards the drop is over.
 * @param withJobs false: the caller works on the run by itself
 */
export async function prepareRebuild(runId: bigint, signal?: AbortSignal, withJobs = true): Promise<void> {
  const run = await db().indexRun.findUnique({
    where: { id: runId },
    include: { _count: { select: { shards: true } } },
  });
  if (run?.state !== 'running' || run._count.shards > 0) return;
  await dropIndex(run.libraryId, signal);
  const shards = await findShards(await requireLibraryById(run.libraryId));
  await db().$transaction(async (tx) => {
    await tx.indexShard.createMany({
      data: shards.map((shard, position) => ({ ...shard, runId, position })),
      skipDuplicates: true,
    });
    if (withJobs) await enqueueIndexRun(tx, runId);
  });
}
