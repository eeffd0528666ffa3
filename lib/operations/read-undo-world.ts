import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { PlaceState } from './plan-undo-preview.ts';

/** Undos of undos that are followed; as many as when it is carried out (carry-out/stands-for.ts). */
const longest = 50;

type Row = { path: string; versionId: string; isDeleteMarker: boolean };

/** What the index says about some paths, for the preview of an undo. */
export async function readUndoWorld(library: LibraryContext, paths: string[]): Promise<Map<string, PlaceState>> {
  const wanted = [...new Set(paths)];
  const [rows, copies] = await Promise.all([
    db().$queryRaw<Row[]>`
      SELECT a."path", v."versionId", v."isDeleteMarker" FROM "Asset" a JOIN "Version" v ON v."assetId" = a."id" AND v."removedAt" IS NULL
      WHERE a."libraryId" = ${library.id} AND a."path" = ANY(${wanted}) ORDER BY a."path", v."seq" DESC`,
    db().$queryRaw<{ path: string; versionId: string; from: string }[]>`
      SELECT i."path", i."versionId", i."outcome"->>'from' AS "from"
      FROM "OperationItem" i JOIN "Operation" o ON o."id" = i."operationId"
      WHERE o."libraryId" = ${library.id} AND (o."undoOfId" IS NOT NULL OR o."undoOfUploadId" IS NOT NULL)
        AND i."key" = ANY(${wanted.map((path) => library.rootPrefix + path)}) AND i."outcome"->>'kind' = 'copied-up'`,
  ]);
  const sources = new Map(copies.map((copy) => [`${copy.path} ${copy.versionId}`, copy.from]));
  const world = new Map<string, PlaceState & { versions: Set<string> }>();
  for (const { path, versionId, isDeleteMarker } of rows) {
    const place = world.get(path) ?? { markers: [], content: null, versions: new Set<string>() };
    world.set(path, place);
    if (isDeleteMarker) {
      if (place.content === null) place.markers.push(versionId);
      continue;
    }
    place.versions.add(versionId);
    place.content ??= standsFor(versionId, (id) => sources.get(`${path} ${id}`));
  }
  return world;
}

function standsFor(versionId: string, sourceOf: (id: string) => string | undefined): string[] {
  const found = [versionId];
  for (let next = sourceOf(versionId); next !== undefined && found.length < longest; next = sourceOf(next))
    found.push(next);
  return found;
}
