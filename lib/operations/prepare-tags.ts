import { db } from '#lib/db.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { PlannedItem } from './plan-summary.ts';
import { foldTag, planTag, tagName } from './plan-tag.ts';
import type { OperationParams } from './schema.ts';
import type { SelectedAsset } from './selected.ts';

/** What adding and removing tags would do, with today's tags. @throws AppError invalid_request */
export async function prepareTags(
  library: LibraryContext,
  assets: SelectedAsset[],
  params: OperationParams,
): Promise<PlannedItem[]> {
  const wanted = [
    ...new Set([...(params.add ?? []), ...(params.remove ?? [])].map((name) => foldTag(tagName(name, new Map())))),
  ];
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT DISTINCT ON (lower("name")) "name" FROM "Tag"
    WHERE "libraryId" = ${library.id} AND lower("name") = ANY(${wanted}) ORDER BY lower("name"), "name"`;
  const known = new Map(rows.map((row) => [foldTag(row.name), row.name]));
  const named = (names: string[] | undefined) => [...new Set((names ?? []).map((name) => tagName(name, known)))];
  const tags = await db().tag.findMany({
    where: { libraryId: library.id, key: { in: assets.map((asset) => asset.key) } },
    select: { key: true, name: true },
  });
  const byKey = new Map<string, Set<string>>();
  for (const tag of tags) byKey.set(tag.key, (byKey.get(tag.key) ?? new Set()).add(tag.name));
  return planTag(assets, { add: named(params.add), remove: named(params.remove) }, byKey);
}
