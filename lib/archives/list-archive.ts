import type * as z from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { isArchived } from '#lib/lifecycle/storage-classes.ts';
import { outermost } from '#lib/operations/plan-places.ts';
import { resolveSelection, type Selection } from '#lib/operations/resolve-selection.ts';
import type { SelectedAsset } from '#lib/operations/selected.ts';
import type { listArchiveEndpoint } from './endpoints.ts';
import { archiveName, planArchive } from './plan-archive.ts';

/** Entries of one answer. */
const pageSize = 5_000;
type Item = { path: string; asset: SelectedAsset | null };
const isPosition = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * What a ZIP of a selection holds, in pages. The bytes go from the store to the browser, which makes the ZIP.
 * @throws AppError not_found, too_large, wrong_state when a query finds another number than the person was told
 */
export async function listArchive(
  actor: Actor,
  input: { library: string; selection: Selection; cursor?: string | undefined },
): Promise<z.output<typeof listArchiveEndpoint.output>> {
  const library = await requireLibrary(actor, input.library);
  const from = input.cursor ? decodeCursor(input.cursor, isPosition) : 0;
  const selected = await resolveSelection(actor, library, input.selection, 'live', 'viewer');
  const roots =
    'paths' in input.selection
      ? outermost(input.selection.paths.filter((path) => path === '' || path.endsWith('/')))
      : [];
  const live = selected.assets.filter((asset) => asset.state === 'live');
  // The store hands out what is archived only after a thaw; some stores at once, but none says so beforehand.
  const files = live.filter((asset) => !isArchived(asset.storageClass));
  const items: Item[] = [
    ...files.map((asset) => ({ path: asset.path, asset })),
    ...selected.folders.map(({ path }) => ({ path, asset: null })),
  ];
  const placed = planArchive(roots, items);
  const page = placed.slice(from, from + pageSize);
  const times = await modifiedAt(page.flatMap(({ item }) => item.asset?.id ?? []));
  return {
    name: archiveName(
      library.slug,
      roots,
      live.map((asset) => asset.path),
    ),
    entries: page.map(({ item: { asset }, to }) => ({
      id: asset ? String(asset.id) : null,
      versionId: asset?.versionId ?? null,
      name: to,
      size: asset?.size ?? 0,
      modifiedAt: ((asset && times.get(asset.id)) ?? new Date()).toISOString(),
    })),
    leftOut:
      from > 0
        ? []
        : live
            .filter((asset) => isArchived(asset.storageClass))
            .map((asset) => ({
              path: asset.path,
              reason: `It is archived (${asset.storageClass}) and must be thawed first.`,
            })),
    totals: { files: files.length, bytes: files.reduce((sum, asset) => sum + asset.size, 0) },
    nextCursor: placed.length > from + pageSize ? encodeCursor(from + pageSize) : null,
  };
}

async function modifiedAt(ids: bigint[]): Promise<Map<bigint, Date>> {
  const rows = await db().$queryRaw<{ id: bigint; modifiedAt: Date }[]>`
    SELECT "id", "modifiedAt" FROM "Asset" WHERE "id" = ANY(${ids})`;
  return new Map(rows.map((row) => [row.id, row.modifiedAt]));
}
