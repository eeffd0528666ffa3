import { Prisma } from '#lib/db.ts';

/** The kind of an item `i` of a planned restore to a moment, as SQL (lib/restore/schema.ts). */
export const kindOfItem = Prisma.sql`CASE
  WHEN i."state" = 'conflict' AND i."errorCode" = 'not_found' THEN 'unavailable'
  WHEN i."state" = 'conflict' THEN 'conflict'
  WHEN i."step"->>'kind' = 'put-marker' THEN 'addMarker'
  WHEN i."step"->>'kind' = 'remove-markers' THEN 'removeMarker'
  WHEN i."step"->>'archived' IS NOT NULL THEN 'thaw'
  ELSE 'copy' END`;
