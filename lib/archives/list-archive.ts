import type * as z from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { outermost } from '#lib/operations/plan-places.ts';
import type { Selection } from '#lib/operations/resolve-selection.ts';
import type { listArchiveEndpoint } from './endpoints.ts';
import { type HeldFile, heldAt, heldNow } from './held-files.ts';
import { archiveName, planArchive } from './plan-archive.ts';

/** Entries of one answer. */
const pageSize = 5_000;
type Item = { path: string; file: HeldFile | null };
const isPosition = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * What a ZIP of a selection holds, in pages. The bytes go from the store to the browser, which makes the ZIP.
 * @param input.at as of a moment: the versions that stood there then
 * @throws AppError not_found, too_large, wrong_state when a query finds another number than the person was told, invalid_request for a query of a
 *   moment
 */
export async function listArchive(
  actor: Actor,
  input: { library: string; selection: Selection; at?: string | undefined; cursor?: string | undefined },
): Promise<z.output<typeof listArchiveEndpoint.output>> {
  const library = await requireLibrary(actor, input.library);
  const from = input.cursor ? decodeCursor(input.cursor, isPosition) : 0;
  const held = await (input.at === undefined
    ? heldNow(actor, library, input.selection)
    : heldAt(actor, library, input.selection, input.at));
  const roots =
    'paths' in input.selection
      ? outermost(input.selection.paths.filter((path) => path === '' || path.endsWith('/')))
      : [];
  const files = held.files.filter(({ whyNot }) => whyNot === null);
  const items: Item[] = [
    ...files.map((file) => ({ path: file.path, file })),
    ...held.folders.map((path) => ({ path, file: null })),
  ];
  const placed = planArchive(roots, items);
  const page = placed.slice(from, from + pageSize);
  const times = await modifiedAt(page.flatMap(({ item }) => item.file ?? []));
  return {
    name: archiveName(
      library.slug,
      roots,
      held.files.map(({ path }) => path),
    ),
    entries: page.map(({ item: { file }, to }) => ({
      id: file ? String(file.id) : null,
      versionId: file?.versionId ?? null,
      name: to,
      size: file?.size ?? 0,
      modifiedAt: ((file && times.get(file.id)) ?? new Date()).toISOString(),
    })),
    leftOut:
      from > 0 ? [] : held.files.flatMap(({ path, whyNot }) => (whyNot === null ? [] : [{ path, reason: whyNot }])),
    totals: { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) },
    nextCursor: placed.length > from + pageSize ? encodeCursor(from + pageSize) : null,
  };
}

/** When the versions of a page were written; of a `null` version that changed meanwhile the newest content. */
async function modifiedAt(files: HeldFile[]): Promise<Map<bigint, Date>> {
  const rows = await db().$queryRaw<{ id: bigint; modifiedAt: Date }[]>`
    SELECT DISTINCT ON (v."assetId") v."assetId" AS "id", v."modifiedAt"
    FROM "Version" v JOIN unnest(${files.map(({ id }) => id)}::bigint[], ${files.map(({ versionId }) => versionId)}::text[]) AS f("id", "versionId")
      ON v."assetId" = f."id" AND v."versionId" = f."versionId"
    ORDER BY v."assetId", v."seq" DESC`;
  return new Map(rows.map((row) => [row.id, row.modifiedAt]));
}
