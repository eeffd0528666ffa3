import { db } from '#lib/db.ts';
import { listVersionsPage, type VersionsPage } from '#lib/storage/versions.ts';

type Row = { what: string };

/**
 * Everything in a library (without root prefix) of which one half is there and the other is not, in sentences; none when database and
 * store agree. Ask when nothing is under way: an open upload whose bytes have arrived counts as a half-truth.
 */
export async function findHalfTruths(library: { id: bigint; bucket: string }): Promise<string[]> {
  const found: string[] = [];
  const stored = new Set<string>();
  let position: VersionsPage['next'] = null;
  do {
    const page: VersionsPage = await listVersionsPage({ bucket: library.bucket, prefix: '', ...(position ?? {}) });
    for (const { key, versionId } of page.versions) stored.add(`${key} ${versionId}`);
    position = page.next;
  } while (position);
  const indexed = await db().$queryRaw<{ version: string }[]>`
    SELECT a."path" || ' ' || v."versionId" AS version FROM "Version" v JOIN "Asset" a ON a."id" = v."assetId"
    WHERE a."libraryId" = ${library.id} AND v."removedAt" IS NULL`;
  const known = new Set(indexed.map((row) => row.version));
  if (known.size !== indexed.length) found.push('A version is in the index twice.');
  const markers = await db().$queryRaw<{ version: string }[]>`
    SELECT "path" || ' ' || "markerVersionId" AS version FROM "Folder"
    WHERE "libraryId" = ${library.id} AND "markerVersionId" IS NOT NULL`;
  for (const { version } of markers) known.add(version);
  for (const one of stored) if (!known.has(one)) found.push(`The store holds ${one}, and the index does not know.`);
  for (const one of known) if (!stored.has(one)) found.push(`The index shows ${one}, and the store does not hold it.`);

  const rows = await db().$queryRaw<Row[]>`
    SELECT 'The upload of ' || u."path" || ' is ' || u."state" || ' and has ' || count(e."id") || ' audit events.' AS what
    FROM "Upload" u LEFT JOIN "AuditEvent" e ON e."uploadId" = u."id" AND e."type" = 'upload.completed'
    WHERE u."libraryId" = ${library.id}
    GROUP BY u."id" HAVING count(e."id") <> CASE WHEN u."state" = 'completed' THEN 1 ELSE 0 END
    UNION ALL
    SELECT 'The upload of ' || u."path" || ' is completed and names a version that is not in the index.'
    FROM "Upload" u WHERE u."libraryId" = ${library.id} AND u."state" = 'completed' AND NOT EXISTS (
      SELECT 1 FROM "Version" v JOIN "Asset" a ON a."id" = v."assetId"
      WHERE a."libraryId" = u."libraryId" AND a."path" = u."path" AND v."versionId" = u."versionId")
    UNION ALL
    SELECT 'The asset ' || a."path" || ' is ' || a."state" || ', and its newest version says otherwise.'
    FROM "Asset" a JOIN LATERAL (
      SELECT * FROM "Version" v WHERE v."assetId" = a."id" AND v."removedAt" IS NULL ORDER BY v."seq" DESC LIMIT 1) top ON true
    WHERE a."libraryId" = ${library.id}
      AND (a."state" <> CASE WHEN top."isDeleteMarker" THEN 'trashed' ELSE 'live' END::"AssetState"
        OR (NOT top."isDeleteMarker" AND a."versionId" <> top."versionId"))
    UNION ALL
    SELECT 'The folder "' || f."path" || '" counts ' || f.count || ' assets and ' || f.bytes || ' bytes; there are '
      || count(a."id") || ' with ' || coalesce(sum(a."size"), 0) || '.'
    FROM (
      SELECT f."path", f."assetCount" + coalesce(sum(d."assetCount"), 0) AS count, f."bytes" + coalesce(sum(d."bytes"), 0) AS bytes
      FROM "Folder" f LEFT JOIN "FolderDelta" d ON d."libraryId" = f."libraryId" AND starts_with(d."path", f."path")
      WHERE f."libraryId" = ${library.id} GROUP BY f."id") f
    LEFT JOIN "Asset" a ON a."libraryId" = ${library.id} AND a."state" = 'live'
      -- A folder marker with bytes lies beside its folder, not in it.
      AND starts_with(a."path", f."path") AND a."path" <> f."path"
    GROUP BY f."path", f.count, f.bytes
    HAVING f.count <> count(a."id") OR f.bytes <> coalesce(sum(a."size"), 0)`;
  return [...found, ...rows.map((row) => row.what)];
}
