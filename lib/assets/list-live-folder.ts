import * as z from 'zod';
import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import type { Coverage } from '#lib/indexing/reconcile/read-coverage.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { toKey, toPath } from '#lib/libraries/layout.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { inLanes } from '#lib/operations/in-lanes.ts';
import { listStoreFolder } from '#lib/storage/list-folder.ts';
import { readPathAssets } from '#lib/uploads/read-path-assets.ts';
import type { ListEntriesInput } from './endpoints.ts';
import { safeNumber } from './safe-number.ts';
import type { Entry, FolderEntry } from './schema.ts';

/** Keys brought up to date at once. */
const lanes = 8;
/** Files of one page: each that the index does not know yet costs a request. */
const mostFiles = 200;

const cursorShape = z.object({ live: z.string() });
type LiveCursor = z.infer<typeof cursorShape>;
const isLiveCursor = (value: unknown): value is LiveCursor => cursorShape.safeParse(value).success;

/** Whether a cursor goes on in a listing from the store, whatever became of the index meanwhile. */
export function isLive(cursor: string | undefined): boolean {
  if (!cursor) return false;
  try {
    return isLiveCursor(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    return false; // damaged or of another list: the other listing says so
  }
}

/**
 * A folder as the store has it now, for one that the index does not hold yet. Files of the page are brought into the index on the way, so
 * that all that can be done with a file can be done at once; folders inside have counts where they are indexed, and none where not.
 * In key order whatever order is asked, since the rest of the folder is not known: folders of the page first, then its files.
 * @param mustExist a folder that holds nothing is not found, but for the root and what was granted by name
 * @throws AppError not_found, store_unavailable, invalid_request for a foreign cursor
 */
export async function listLiveFolder(
  library: LibraryContext,
  path: string,
  coverage: Coverage,
  input: ListEntriesInput,
  mustExist: boolean,
): Promise<{ entries: Entry[]; nextCursor: string | null }> {
  const page = await listStoreFolder({
    bucket: library.bucket,
    prefix: toKey(library, path),
    after: input.cursor ? decodeCursor(input.cursor, isLiveCursor).live : undefined,
    limit: input.only === 'folders' ? 1_000 : Math.min(input.limit, mostFiles),
  });
  const empty = page.keys.length === 0 && page.prefixes.length === 0 && !page.marked;
  if (empty && mustExist && !input.cursor) throw notFound('The folder');
  const folders =
    input.kind || input.only === 'assets' ? [] : await readFolders(library, pathsOf(library, page.prefixes), coverage);
  const files = input.only === 'folders' ? [] : await readFiles(library, pathsOf(library, page.keys));
  const entries = [...folders, ...files.filter((file) => !input.kind || file.kind === input.kind)];
  return { entries, nextCursor: page.next === null ? null : encodeCursor({ live: page.next } satisfies LiveCursor) };
}

/** Postgres text holds no NUL; such a key is reported by the comparison as unreadable. */
const pathsOf = (library: LibraryContext, keys: string[]) =>
  keys.flatMap((key) => toPath(library, key) || []).filter((path) => !path.includes('\u0000'));

async function readFiles(library: LibraryContext, paths: string[]) {
  const rows = await db().$queryRaw<{ path: string }[]>`
    SELECT "path" FROM "Asset" WHERE "libraryId" = ${library.id} AND "path" = ANY(${paths}) AND "state" = 'live'`;
  const known = new Set(rows.map((row) => row.path));
  await inLanes(
    paths.filter((path) => !known.has(path)),
    lanes,
    async (path) => {
      await syncKey(library, toKey(library, path));
    },
  );
  const assets = await readPathAssets(library, paths);
  return paths.flatMap((path) => assets.get(path) ?? []);
}

async function readFolders(library: LibraryContext, paths: string[], coverage: Coverage): Promise<FolderEntry[]> {
  const covered = paths.filter((path) => coverage.covers(path));
  const rows = await db().$queryRaw<{ path: string; assetCount: bigint; bytes: bigint }[]>`
    SELECT f."path", (f."assetCount" + coalesce(sum(d."assetCount"), 0))::bigint AS "assetCount",
           (f."bytes" + coalesce(sum(d."bytes"), 0))::bigint AS "bytes"
    FROM "Folder" f LEFT JOIN "FolderDelta" d
      ON d."libraryId" = f."libraryId" AND d."path" >= f."path" AND d."path" < left(f."path", -1) || '0'
    WHERE f."libraryId" = ${library.id} AND f."path" = ANY(${covered}) GROUP BY f."id"`;
  const counts = new Map(rows.map((row) => [row.path, row]));
  return paths.map((path) => {
    const found = counts.get(path);
    return {
      type: 'folder',
      name: nameOf(path),
      path,
      assetCount: found ? safeNumber(found.assetCount) : null,
      bytes: found ? safeNumber(found.bytes) : null,
      indexed: coverage.covers(path),
    };
  });
}
