import { db } from '#lib/db.ts';
import { toKey, toPath } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { inLanes } from '#lib/operations/in-lanes.ts';
import { compareKeys } from '#lib/storage/key-order.ts';
import type { ListedKey } from '#lib/storage/list-version-keys.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { applyListing } from '../apply-listing.ts';
import { type Tally, tallyWindow } from '../drift/tally.ts';
import { ensureFoldersOf } from '../ensure-folders-of.ts';
import { lookAtKey } from '../sync-key.ts';
import type { DriftCause } from './drift-cause.ts';
import { findDifference, type KnownKey, planMergeJoin } from './plan-merge-join.ts';
import { readIndexWindow, readKnownKey } from './read-index-window.ts';
import { recordNewKeys } from './record-new-keys.ts';

/** Keys applied in one transaction, in key order. */
const batchKeys = 100;
/** New keys recorded in one statement: about a second where the database is busy. */
const newKeys = 1_000;
/** Keys asked for one by one at once. */
const lanes = 8;

export type ReconcileContext = {
  library: LibraryContext;
  /** Taken before the listing began. */
  ticket: bigint;
  /** False: differences are only reported. */
  repair: boolean;
  /** Counts both sides of what is compared. */
  tally?: Tally | undefined;
  signal?: AbortSignal | undefined;
};
/** What was compared, in paths. `after` exclusive, `upTo` inclusive; null: to the end. */
export type ListedWindow = { keys: ListedKey[]; after: string; upTo: string | null };
/** `unreadable`: a key that no row can hold, since Postgres takes no NUL. It is left out of the index and said to be, escaped. */
export type Difference = { path: string; cause: DriftCause | 'unreadable' };
export type WindowResult = {
  keys: number;
  versions: number;
  bytes: number;
  differences: Difference[];
};

type Here = { path: string; listed: ListedKey };

/**
 * Compares a window of the listing with the index and makes the index say what the bucket says. Keys are applied from the listing in hand,
 * as `syncKey` would from its own: the ticket drops what is older than the index. What is not listed is asked for key by key.
 * Doing a window twice, or two workers doing it at once, changes nothing more.
 * @throws AppError store_unavailable, database_unavailable: part of the window may be applied; doing it again is right
 */
export async function reconcileWindow(context: ReconcileContext, window: ListedWindow): Promise<WindowResult> {
  const { library, ticket } = context;
  const result: WindowResult = { ...countListed(window.keys), differences: [] };
  const here: Here[] = [];
  for (const listed of window.keys) {
    const path = toPath(library, listed.key);
    // The marker of the library's own root is no folder in it.
    if (!path) continue;
    if (path.includes('\u0000')) result.differences.push({ path: escapeNul(path), cause: 'unreadable' });
    else here.push({ path, listed });
  }
  here.sort((a, b) => compareKeys(a.path, b.path));
  let after = window.after;
  for (;;) {
    context.signal?.throwIfAborted();
    const index = await readIndexWindow({ libraryId: library.id, after, upTo: window.upTo });
    const upTo = index.upTo ?? window.upTo;
    const end = upTo === null ? here.length : countUpTo(here, upTo);
    const listed = here.splice(0, end);
    const plan = planMergeJoin(listed, index.known, ticket);
    result.differences.push(...plan.added.map(({ path }) => ({ path, cause: 'added' as const })));
    result.differences.push(...plan.differing.map(({ path, cause }) => ({ path, cause })));
    if (context.repair) {
      await recordAdded(context, plan.added);
      await applyAll(context, plan.differing);
    }
    const settled = await settleAbsent(context, plan.absent);
    result.differences.push(...settled.map(({ path, cause }) => ({ path, cause })));
    if (context.tally) {
      tallyWindow(context.tally, {
        listed: listed.map(({ path, listed: { versions } }) => ({ path, versions })),
        known: index.known,
        ticket,
        lookedAt: new Map(settled.map(({ path, listed: versions }) => [path, versions])),
      });
    }
    if (index.upTo === null) return result;
    after = index.upTo;
  }
}

const escapeNul = (path: string) => path.replaceAll('\u0000', '\\u0000');

function countListed(keys: ListedKey[]): { keys: number; versions: number; bytes: number } {
  let [versions, bytes] = [0, 0];
  for (const key of keys) {
    versions += key.versions.length;
    for (const version of key.versions) bytes += version.size;
  }
  return { keys: keys.length, versions, bytes };
}

const countUpTo = (here: Here[], upTo: string) => {
  const beyond = here.findIndex(({ path }) => compareKeys(path, upTo) > 0);
  return beyond === -1 ? here.length : beyond;
};

/** New files in bulk; folder markers and what another writer was faster with one by one. */
async function recordAdded(context: ReconcileContext, added: Here[]): Promise<void> {
  const files = added.filter(({ path }) => !path.endsWith('/'));
  const recorded = new Set<string>();
  for (let from = 0; from < files.length; from += newKeys) {
    context.signal?.throwIfAborted();
    const made = await recordNewKeys(context.library.id, files.slice(from, from + newKeys), context.ticket);
    for (const path of made) recorded.add(path);
  }
  await applyAll(
    context,
    added.filter(({ path }) => !recorded.has(path)),
  );
}

async function applyAll({ library, ticket }: ReconcileContext, keys: Here[]): Promise<void> {
  for (let from = 0; from < keys.length; from += batchKeys) {
    const batch = keys.slice(from, from + batchKeys);
    await ensureFoldersOf(
      library.id,
      batch.map(({ path, listed }) => ({
        // The folder of a marker is the one that it keeps, not the one that it lies in.
        path: path.endsWith('/') ? `${path}.` : path,
        firstAt: listed.versions.at(-1)?.modifiedAt ?? new Date(),
      })),
    );
    await db().$transaction(async (tx) => {
      for (const { listed } of batch)
        await applyListing(tx, library, listed.key, ticket, listed.versions, new Map(), false);
    });
  }
}

type Settled = { path: string; cause: DriftCause; listed: ListedVersion[] };

/** Asks for each key that the listing leaves out: it may be gone, hidden by a file above it, or newer than the listing. */
async function settleAbsent(context: ReconcileContext, absent: KnownKey[]): Promise<Settled[]> {
  const found: Settled[] = [];
  await inLanes(absent, lanes, async ({ path }) => {
    context.signal?.throwIfAborted();
    const { library } = context;
    const key = toKey(library, path);
    const look = await lookAtKey(library, key);
    const known = await readKnownKey(library.id, path);
    if (!known || known.appliedTicket > look.ticket) return;
    const cause = findDifference(path, { versions: look.listed }, known);
    if (!cause) return;
    if (context.repair) await db().$transaction((tx) => applyListing(tx, library, key, look.ticket, look.listed));
    found.push({ path, cause, listed: look.listed });
  });
  return found.sort((a, b) => compareKeys(a.path, b.path));
}
