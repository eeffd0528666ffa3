import type * as z from 'zod';
import { grantedPrefixes } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { notFound } from '#lib/errors.ts';
import type { outlineFolderEndpoint } from './endpoints.ts';
import { type EntriesPosition, encodeEntriesCursor } from './entries-cursor.ts';
import { findListedFolder } from './find-listed-folder.ts';
import { planWay } from './plan-way.ts';
import { placeOfRow, readAssetBounds } from './read-asset-bounds.ts';
import { readFolderBounds } from './read-folder-page.ts';
import { requireZone } from './require-zone.ts';

export type OutlineInput = z.output<typeof outlineFolderEndpoint.input>;
export type Outline = z.output<typeof outlineFolderEndpoint.output>;

/** Entries of a block at most. One answer of `entries` holds a whole block. */
export const blockSize = 500;

/**
 * How long a folder is and where its blocks of at most 500 assets begin, so that a list knows its true length and can jump to any
 * place: the start of a block is a cursor for `entries` with `only=assets`. Ordered by date no block holds two months, so that months
 * are sums of blocks. One pass over one index in its own order, without a sort (decision 031).
 * @param input.zone IANA name of the time zone in which months are counted; an unknown one counts as UTC
 * @throws AppError not_found
 */
export async function outlineFolder(actor: Actor, input: OutlineInput): Promise<Outline> {
  const { library, path, folder, covered, granted } = await findListedFolder(actor, input);
  if (!covered) {
    const count = planWay(path, grantedPrefixes(actor, library.id)).length;
    return { path, blocks: count === 0 ? [] : [{ of: 'folders', start: null, count, month: null }] };
  }
  if (!folder?.visible && !granted) throw notFound('The folder');
  if (!folder) return { path, blocks: [] };
  const { sort } = input;
  const kind = input.kind ?? null;
  const zone = sort === 'modified' || sort === '-modified' ? await requireZone(input.zone) : null;
  const [folders, assets] = await Promise.all([
    kind === null
      ? readFolderBounds({ libraryId: library.id, folder, descending: sort === '-name', step: blockSize / 2 })
      : [],
    readAssetBounds({ folderId: folder.id, sort, kind, step: blockSize / 2, zone }),
  ]);
  const cursorAt = (position: EntriesPosition) => encodeEntriesCursor(sort, kind, position);
  return {
    path,
    blocks: [
      ...toBlocks('folders', folders, ({ name }) => cursorAt({ phase: 'folders', after: name })),
      ...toBlocks('assets', assets, (bound) => cursorAt({ phase: 'assets', after: placeOfRow(bound, sort) })),
    ],
  };
}

/**
 * From bounds to blocks: as many pieces of one month as fit. Pieces are cut at every `blockSize / 2` and where a month ends, so that
 * no block but the last of a month is short. A block begins after the last entry of the one before.
 */
function toBlocks<B extends { position: bigint; month?: string | null }>(
  of: 'folders' | 'assets',
  bounds: B[],
  cursorAfter: (bound: B) => string,
): Outline['blocks'] {
  const blocks: Outline['blocks'] = [];
  for (const [at, bound] of bounds.entries()) {
    const before = bounds[at - 1];
    const count = Number(bound.position - (before?.position ?? 0n));
    const month = bound.month ?? null;
    const last = blocks.at(-1);
    if (last && last.month === month && last.count + count <= blockSize) last.count += count;
    else blocks.push({ of, start: before ? cursorAfter(before) : null, count, month });
  }
  return blocks;
}
