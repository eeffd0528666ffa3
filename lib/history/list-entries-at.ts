import type { EntriesPage, ListEntriesInput } from '#lib/assets/endpoints.ts';
import { decodeEntriesCursor, type EntriesPosition, encodeEntriesCursor } from '#lib/assets/entries-cursor.ts';
import { findListedFolder } from '#lib/assets/find-listed-folder.ts';
import { planWay } from '#lib/assets/plan-way.ts';
import { placeOf } from '#lib/assets/read-asset-page.ts';
import { readIndexAge } from '#lib/assets/read-index-age.ts';
import type { AssetEntry, FolderEntry } from '#lib/assets/schema.ts';
import { grantedPrefixes } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { readAssetPageAt } from './read-asset-page-at.ts';
import { heldSomething } from './version-at.ts';

type Input = ListEntriesInput & { at: string };
type Page = Pick<EntriesPage, 'entries' | 'nextCursor'>;

/**
 * `listEntries` as of a moment: the folders in which something stood then, without counts (`countEntriesAt` fills them in), and the
 * files of that moment. What inspection and tags know is that of today. Asking for a moment ahead is asking for now.
 * @throws AppError not_found for a folder that is not theirs, and for one that held nothing at that moment; search_too_slow where too much lies
 *   there to find what is different
 */
export async function listEntriesAt(actor: Actor, input: Input): Promise<EntriesPage> {
  const { library, path, covered, granted, folder } = await findListedFolder(actor, input);
  const index = await readIndexAge(library);
  const shared = { path, at: input.at, totals: { assetCount: null, bytes: null, exact: false }, index };
  if (!covered) return { ...shared, entries: planWay(path, grantedPrefixes(actor, library.id)), nextCursor: null };

  const stands = folder !== null && (await stoodAt(folder.id, input.at));
  if (!stands && !granted) throw notFound('The folder');
  const page = folder && stands ? await readPage(library, folder.id, input) : { entries: [], nextCursor: null };
  return { ...shared, ...page };
}

/** An empty folder has no history of its own: its object is taken to have stood there since the folder was first seen. */
const stood = (at: string) =>
  Prisma.sql`(${heldSomething(at)} OR (f."markerVersionId" IS NOT NULL AND f."firstAt" <= ${at}::timestamptz))`;

async function stoodAt(folderId: bigint, at: string): Promise<boolean> {
  const [folder] = await db().$queryRaw<{ stood: boolean }[]>`
    SELECT coalesce(${stood(at)}, false) AS "stood" FROM "Folder" f WHERE f."id" = ${folderId}`;
  return folder?.stood ?? false;
}

/** Folders, then assets, as `listEntries` does it. */
async function readPage(library: LibraryContext, folderId: bigint, input: Input): Promise<Page> {
  const { sort, limit, at, show } = input;
  const kind = input.kind ?? null;
  // A cursor of another moment would skip entries in silence.
  const scope = `${kind ?? ''}@${at}${show === 'different' ? '!' : ''}`;
  const start: EntriesPosition = input.cursor
    ? decodeEntriesCursor(input.cursor, sort, scope)
    : kind === null && input.only !== 'assets'
      ? { phase: 'folders', after: '' }
      : { phase: 'assets', after: null };
  const cursorAt = (position: EntriesPosition) => encodeEntriesCursor(sort, scope, position);

  const folders =
    start.phase === 'folders'
      ? await readFoldersAt(folderId, at, {
          after: input.cursor ? start.after : null,
          descending: sort === '-name',
          limit: limit + 1,
        })
      : [];
  if (folders.length > limit) {
    const entries = folders.slice(0, limit);
    return { entries, nextCursor: cursorAt({ phase: 'folders', after: (entries.at(-1) as FolderEntry).name }) };
  }
  if (input.only === 'folders') return { entries: folders, nextCursor: null };
  const room = limit - folders.length;
  const after = start.phase === 'assets' ? start.after : null;
  const assets = await readAssetPageAt({ library, folderId, at, show, sort, kind, after, limit: room + 1 });
  const shown = assets.slice(0, room);
  const entries = [...folders, ...shown];
  if (assets.length <= room) return { entries, nextCursor: null };
  const last = shown.at(-1) as AssetEntry | undefined;
  return { entries, nextCursor: cursorAt({ phase: 'assets', after: last ? placeOf(last, sort) : after }) };
}

async function readFoldersAt(
  parentId: bigint,
  at: string,
  page: { after: string | null; descending: boolean; limit: number },
): Promise<FolderEntry[]> {
  const beyond = page.descending ? Prisma.sql`f."name" < ${page.after}` : Prisma.sql`f."name" > ${page.after}`;
  const rows = await db().$queryRaw<{ name: string; path: string }[]>`
    SELECT f."name", f."path" FROM "Folder" f
    WHERE f."parentId" = ${parentId} ${page.after === null ? Prisma.empty : Prisma.sql`AND ${beyond}`} AND ${stood(at)}
    ORDER BY f."name" ${page.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${page.limit}`;
  return rows.map((row) => ({ type: 'folder', ...row, assetCount: null, bytes: null, indexed: true }));
}
