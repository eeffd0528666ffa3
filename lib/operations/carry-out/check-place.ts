import { db } from '#lib/db.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import { filesAbove } from '#lib/uploads/plan-reservations.ts';
import { conflict, type StepContext, type StepResult } from './step-context.ts';

/**
 * What has come to stand in the way of a path since the operation was planned: a file above it, something below it, or an upload
 * on its way to it (DESIGN section 5, Names). Looked at right before a file is put there.
 */
export async function checkPlace({ library }: StepContext, path: string): Promise<StepResult | null> {
  const above = filesAbove(path);
  const rows = await db().$queryRaw<{ what: 'above' | 'below' | 'upload'; path: string }[]>`
    SELECT 'above' AS "what", "path" FROM "Asset" WHERE "libraryId" = ${library.id} AND "path" = ANY(${above}) AND "state" <> 'gone'
    UNION ALL SELECT 'above', "path" FROM "Upload" WHERE "libraryId" = ${library.id} AND "path" = ANY(${above})
      AND "state" IN ('reserved', 'uploading', 'completing')
    UNION ALL SELECT 'upload', "path" FROM "Upload" WHERE "libraryId" = ${library.id} AND "path" = ${path}
      AND "state" IN ('reserved', 'uploading', 'completing')
    UNION ALL (SELECT 'below', "path" FROM "Asset" WHERE "libraryId" = ${library.id} AND "path" >= ${`${path}/`} AND "path" < ${`${path}0`}
      AND "state" <> 'gone' LIMIT 1)
    UNION ALL (SELECT 'below', "path" FROM "Upload" WHERE "libraryId" = ${library.id} AND "path" >= ${`${path}/`} AND "path" < ${`${path}0`}
      AND "state" IN ('reserved', 'uploading', 'completing') LIMIT 1)
    LIMIT 1`;
  const [found] = rows;
  if (!found || library.capabilities.fileHidesFolder === false) return null;
  const name = nameOf(found.what === 'below' ? path : found.path);
  if (found.what === 'above') return conflict('path_under_file', `A file named ${name} is where its folder would be.`);
  if (found.what === 'below') return conflict('path_is_folder', `A folder named ${name} is there now.`);
  return conflict('path_reserved', `A file named ${name} is being uploaded there. Try again when it has arrived.`);
}
