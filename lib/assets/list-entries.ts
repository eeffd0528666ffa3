import { grantedPrefixes } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { listEntriesAt } from '#lib/history/list-entries-at.ts';
import { type Coverage, readCoverage } from '#lib/indexing/reconcile/read-coverage.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { EntriesPage, ListEntriesInput } from './endpoints.ts';
import { decodeEntriesCursor, type EntriesPosition, encodeEntriesCursor } from './entries-cursor.ts';
import { findListedFolder, type ListedFolder } from './find-listed-folder.ts';
import { isLive, listLiveFolder } from './list-live-folder.ts';
import { planWay } from './plan-way.ts';
import { placeOf, readAssetPage } from './read-asset-page.ts';
import { readFolderPage } from './read-folder-page.ts';
import { readIndexAge } from './read-index-age.ts';
import { safeNumber } from './safe-number.ts';
import type { AssetEntry, FolderEntry } from './schema.ts';

/**
 * One page of what lies directly in a folder: folders by name first, then assets in the asked order, over the whole folder.
 * With `kind` only assets of that kind are listed, and the totals are not known. `only` leaves the other sort of entries out.
 * Above a grant only the way to it is shown. A granted folder exists even while nothing is in it.
 * While the bucket is listed for the first time, a folder that the index does not hold whole comes from the store (`index.fromStore`).
 * @param input.at as of a moment instead of now
 * @param input.path "" or a folder path; a missing "/" at its end is added
 * @throws AppError not_found, invalid_request for a foreign cursor
 */
export async function listEntries(actor: Actor, input: ListEntriesInput): Promise<EntriesPage> {
  if (input.show === 'different' && input.at === undefined)
    throw new AppError('invalid_request', 'What is different is asked of a moment: `at` says which.');
  if (input.at !== undefined) return listEntriesAt(actor, { ...input, at: input.at });
  const { library, path, covered, granted, folder } = await findListedFolder(actor, input);
  const coverage = library.indexedAt === null ? await readCoverage(library.id) : null;
  const index = await readIndexAge(library, coverage);
  const unknownTotals = { assetCount: null, bytes: null, exact: false };
  if (!covered) {
    const entries = planWay(path, grantedPrefixes(actor, library.id));
    return { path, at: null, entries, totals: unknownTotals, index, nextCursor: null };
  }
  if ((coverage && !coverage.covers(path)) || isLive(input.cursor)) {
    const page = await listLiveFolder(library, path, coverage ?? wholeCoverage, input, !granted);
    return { path, at: null, ...page, totals: unknownTotals, index: { ...index, fromStore: true } };
  }
  if (!folder?.visible && !granted) throw notFound('The folder');

  const page = folder ? await readPage(library, folder, input) : { entries: [], nextCursor: null };
  const totals = input.kind
    ? unknownTotals
    : {
        assetCount: safeNumber(folder?.assetCount ?? 0n),
        bytes: safeNumber(folder?.bytes ?? 0n),
        exact: index.state !== 'indexing',
      };
  return { path, at: null, ...page, totals, index };
}

/** A listing that began in the store goes on there, though the index was finished meanwhile. */
const wholeCoverage: Coverage = { progress: 1, secondsLeft: 0, keys: 0, covers: () => true };

/** Fills a page from the folders, then from the assets. One entry more than asked tells whether there is a next page. */
async function readPage(library: LibraryContext, folder: ListedFolder, input: ListEntriesInput) {
  const { sort, limit } = input;
  const kind = input.kind ?? null;
  const cursorAt = (position: EntriesPosition) => encodeEntriesCursor(sort, kind, position);
  const start: EntriesPosition = input.cursor
    ? decodeEntriesCursor(input.cursor, sort, kind)
    : kind === null && input.only !== 'assets'
      ? { phase: 'folders', after: '' }
      : { phase: 'assets', after: null };

  let folders: FolderEntry[] = [];
  if (start.phase === 'folders') {
    folders = await readFolderPage({
      libraryId: library.id,
      folder,
      after: input.cursor ? start.after : null,
      descending: sort === '-name',
      limit: limit + 1,
      inside: input.only === 'folders',
    });
    if (folders.length > limit) {
      const entries = folders.slice(0, limit);
      const last = entries[limit - 1] as FolderEntry;
      return { entries, nextCursor: cursorAt({ phase: 'folders', after: last.name }) };
    }
  }
  if (input.only === 'folders') return { entries: folders, nextCursor: null };
  const room = limit - folders.length;
  const assets = await readAssetPage({
    library,
    folderId: folder.id,
    sort,
    kind,
    after: start.phase === 'assets' ? start.after : null,
    limit: room + 1,
  });
  const shown = assets.slice(0, room);
  const entries = [...folders, ...shown];
  if (assets.length <= room) return { entries, nextCursor: null };
  const last = shown[room - 1];
  // A page that the folders filled to the brim goes on with the first asset.
  const after = last ? placeOf(last as AssetEntry, sort) : start.phase === 'assets' ? start.after : null;
  return { entries, nextCursor: cursorAt({ phase: 'assets', after }) };
}
