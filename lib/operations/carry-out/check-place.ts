import { db } from '#lib/db.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { filesAbove } from '#lib/uploads/plan-reservations.ts';
import { conflict, type StepResult } from './step-result.ts';

type Found = { place: string; what: 'above' | 'below' | 'upload'; path: string };

/**
 * What has come to stand in the way of paths since the operation was planned: a file above it, something below it, or an upload
 * on its way to it (DESIGN section 5, Names). Looked at right before files are put there.
 * @returns by path; a path that is free is not in it
 */
export async function checkPlaces(library: LibraryContext, paths: string[]): Promise<Map<string, StepResult>> {
  if (library.capabilities.fileHidesFolder === false || paths.length === 0) return new Map();
  const above = paths.flatMap((place) => filesAbove(place).map((path) => ({ place, path })));
  const [places, files] = [above.map(({ place }) => place), above.map(({ path }) => path)];
  const rows = await db().$queryRaw<Found[]>`
    SELECT g."place", 'above' AS "what", a."path" FROM unnest(${places}::text[], ${files}::text[]) AS g("place", "path")
      JOIN "Asset" a ON a."libraryId" = ${library.id} AND a."path" = g."path" AND a."state" <> 'gone'
    UNION ALL SELECT g."place", 'above', u."path" FROM unnest(${places}::text[], ${files}::text[]) AS g("place", "path")
      JOIN "Upload" u ON u."libraryId" = ${library.id} AND u."path" = g."path" AND u."state" IN ('reserved', 'uploading', 'completing')
    UNION ALL SELECT "path", 'upload', "path" FROM "Upload" WHERE "libraryId" = ${library.id} AND "path" = ANY(${paths})
      AND "state" IN ('reserved', 'uploading', 'completing')
    UNION ALL SELECT g."place", 'below', b."path" FROM unnest(${paths}::text[]) AS g("place") CROSS JOIN LATERAL (
      SELECT "path" FROM "Asset" WHERE "libraryId" = ${library.id} AND "path" >= g."place" || '/' AND "path" < g."place" || '0'
        AND "state" <> 'gone' LIMIT 1) b
    UNION ALL SELECT g."place", 'below', b."path" FROM unnest(${paths}::text[]) AS g("place") CROSS JOIN LATERAL (
      SELECT "path" FROM "Upload" WHERE "libraryId" = ${library.id} AND "path" >= g."place" || '/' AND "path" < g."place" || '0'
        AND "state" IN ('reserved', 'uploading', 'completing') LIMIT 1) b`;
  const blocked = new Map<string, StepResult>();
  for (const found of rows) if (!blocked.has(found.place)) blocked.set(found.place, conflictOf(found));
  return blocked;
}

function conflictOf({ place, what, path }: Found): StepResult {
  const name = nameOf(what === 'below' ? place : path);
  if (what === 'above') return conflict('path_under_file', `A file named ${name} is where its folder would be.`);
  if (what === 'below') return conflict('path_is_folder', `A folder named ${name} is there now.`);
  return conflict('path_reserved', `A file named ${name} is being uploaded there. Try again when it has arrived.`);
}
