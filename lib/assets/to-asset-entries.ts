import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { requestInspections } from '#lib/renditions/request-inspections.ts';
import { thumbnailUrls } from '#lib/renditions/thumbnail-urls.ts';
import { type AssetRow, toAssetEntry } from './asset-entry.ts';
import type { AssetEntry } from './schema.ts';

/**
 * Rows of one library as entries with links to their thumbnails.
 * @param options.ask whether what nobody inspected yet is inspected now, because somebody looks at it
 */
export async function toAssetEntries(
  library: Pick<LibraryContext, 'id' | 'bucket' | 'rootPrefix'>,
  rows: AssetRow[],
  { ask = true }: { ask?: boolean } = {},
): Promise<AssetEntry[]> {
  const versions = rows.map((row) => ({
    key: toKey(library, row.path),
    versionId: row.versionId,
    etag: row.etag ?? '',
  }));
  const urls = await thumbnailUrls(
    versions.map((version, at) => ({
      ...version,
      bucket: library.bucket,
      recipe: rows[at]?.thumbnailRecipe ?? null,
    })),
  );
  if (ask) {
    const libraryId = String(library.id);
    const unseen = versions.filter((_, at) => rows[at]?.sniffedType === null);
    await requestInspections(unseen.map((version) => ({ libraryId, ...version })));
  }
  return rows.map((row, at) => toAssetEntry(row, urls[at] ?? null));
}
