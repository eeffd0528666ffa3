import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import type { AssetEntry } from '#lib/assets/schema.ts';
import { hasRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { toAppError } from '#lib/http/problem.ts';
import { type LibraryContext, requireLibraryById } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { finishNewSingles } from './finish-new-singles.ts';
import { type Finished, findRejection, finishUpload } from './finish-upload.ts';
import { storedError, toItemError } from './item-error.ts';
import { mapBounded } from './map-bounded.ts';
import { findOwnUploads, requireMayWrite, type UploadRow } from './own-uploads.ts';
import { readPathAssets } from './read-path-assets.ts';
import type { completeResult } from './schema.ts';

type CompleteResult = z.infer<typeof completeResult>;
type Outcome = { state: 'completed' | 'completing' } | { error: unknown; withExisting: boolean };

/** Sessions that are completed at once: each is a few store calls and one short transaction. */
const atOnce = 8;
/** Milliseconds until what is not done yet is answered as `completing`; it goes on behind (AWS may take minutes, s3-facts 2.6). */
const patienceMs = 20_000;
const pollMs = 500;

/**
 * Verifies what the store holds for up to 100 sessions and makes it part of the library. One item's error leaves the others alone, and
 * repeating the call gives the same answer. Per id: not_found (foreign ids too), forbidden, upload_incomplete, path_exists and
 * version_changed with what is there, checksum_mismatch, tampered, wrong_state, upload_expired.
 * @param patience milliseconds
 * @throws AppError store_unavailable or database_unavailable when that is what became of every item: ask again later
 */
export async function completeUploads(
  actor: Actor,
  input: { ids: string[] },
  patience = patienceMs,
): Promise<{ results: CompleteResult[] }> {
  const ids = [...new Set(input.ids)];
  const rows = await findOwnUploads(actor, ids);
  const deadline = Date.now() + patience;
  const outcomes = new Map<string, Outcome>();
  const all = completeAll(actor, ids, rows, deadline, outcomes);
  await Promise.race([all, sleep(patience, undefined, { ref: false })]);

  const away = findAway([...outcomes.values()]);
  if (away && outcomes.size === ids.length) throw away;
  const assets = await readAssets(rows, outcomes);
  return { results: input.ids.map((id) => toResult(id, outcomes.get(id), assets.get(id) ?? null)) };
}

/** Never rejects. New small files go together; what is left of them, and all else, one by one. */
async function completeAll(
  actor: Actor,
  ids: string[],
  rows: Map<string, UploadRow>,
  deadline: number,
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const open = [...rows.values()].filter((row) => hasRole(actor, row.libraryId, row.path, 'contributor'));
  try {
    for (const id of await finishNewSingles(open, actor)) outcomes.set(id, { state: 'completed' });
  } catch (error) {
    // Each is tried again by itself, so that one item's fault is that item's.
    log().warn({ err: error, uploads: open.length }, 'a batch of uploads is completed one by one');
  }
  const left = ids.filter((id) => !outcomes.has(id));
  await mapBounded(left, atOnce, async (id) => {
    outcomes.set(id, await completeOne(actor, rows.get(id), deadline));
  });
}

/** Never rejects: what goes wrong is the item's outcome, also when it ends after the answer. */
async function completeOne(actor: Actor, upload: UploadRow | undefined, deadline: number): Promise<Outcome> {
  try {
    if (!upload) throw notFound('The upload');
    requireMayWrite(actor, upload);
    if (upload.state === 'completed') return { state: 'completed' };
    if (isRejected(upload)) return { error: storedError(upload.errorCode, upload.errorDetail), withExisting: false };
    const finished = await finishUpload(upload.id, actor);
    return finished.state === 'not-claimed' ? await waitForOther(upload.id, deadline) : outcomeOf(finished);
  } catch (error) {
    return { error, withExisting: false };
  }
}

function outcomeOf(finished: Exclude<Finished, { state: 'not-claimed' }>): Outcome {
  if (finished.state === 'completed') return { state: 'completed' };
  return { error: new AppError(finished.code, finished.detail), withExisting: finished.state === 'open' };
}

/** The verdict stands; removing what arrived is under way, here or in the worker. */
const isRejected = (row: UploadRow) => row.state === 'completing' && findRejection(row) !== null;

/** Somebody else completes this session, or it has ended: its row says how. */
async function waitForOther(id: string, deadline: number): Promise<Outcome> {
  for (;;) {
    const row = await db().upload.findUniqueOrThrow({ where: { id } });
    const failed = (withExisting: boolean) => ({ error: storedError(row.errorCode, row.errorDetail), withExisting });
    switch (row.state) {
      case 'completed':
        return { state: 'completed' };
      case 'failed':
        return failed(false);
      case 'cancelled':
        return { error: new AppError('wrong_state', 'This upload was cancelled.'), withExisting: false };
      case 'expired':
        return {
          error: new AppError('upload_expired', 'This upload was left alone for too long and was given up.'),
          withExisting: false,
        };
      case 'reserved':
      case 'uploading':
        if (row.errorCode !== null) return failed(true);
        return {
          error: new AppError('upload_incomplete', 'The file has not arrived at the store as a whole. Send the rest.'),
          withExisting: false,
        };
      case 'completing':
        if (isRejected(row)) return failed(false);
        if (Date.now() + pollMs > deadline) return { state: 'completing' };
        await sleep(pollMs);
    }
  }
}

/** The fault of the store or the database, when it is what became of every item. */
function findAway(outcomes: Outcome[]): AppError | null {
  const errors = outcomes.map((outcome) => ('error' in outcome ? toAppError(outcome.error) : null));
  const away = errors.every((error) => error?.code === 'store_unavailable' || error?.code === 'database_unavailable');
  return away ? (errors[0] ?? null) : null;
}

/** What to show for each id: the asset that it became, or the one that stands in its way. */
async function readAssets(
  rows: Map<string, UploadRow>,
  outcomes: Map<string, Outcome>,
): Promise<Map<string, AssetEntry>> {
  const byLibrary = new Map<bigint, UploadRow[]>();
  for (const [id, outcome] of outcomes) {
    const row = rows.get(id);
    const shown = 'error' in outcome ? outcome.withExisting : outcome.state === 'completed';
    if (row && shown) byLibrary.set(row.libraryId, [...(byLibrary.get(row.libraryId) ?? []), row]);
  }
  const found = new Map<string, AssetEntry>();
  for (const [libraryId, uploads] of byLibrary) {
    const library: LibraryContext = await requireLibraryById(libraryId);
    const assets = await readPathAssets(
      library,
      uploads.map((upload) => upload.path),
    );
    for (const upload of uploads) {
      const asset = assets.get(upload.path);
      if (asset) found.set(upload.id, asset);
    }
  }
  return found;
}

function toResult(id: string, outcome: Outcome | undefined, asset: AssetEntry | null): CompleteResult {
  if (outcome === undefined) return { ok: true, id, state: 'completing', asset: null };
  if (!('error' in outcome)) return { ok: true, id, state: outcome.state, asset };
  const existing = asset && {
    id: asset.id,
    size: asset.size,
    modifiedAt: asset.modifiedAt,
    versionId: asset.versionId,
  };
  return { ok: false, id, error: toItemError(outcome.error), existing };
}
