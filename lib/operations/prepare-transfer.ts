import { requireRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, notFound } from '#lib/errors.ts';
import { findPathProblem, nameOf, parentFolder, requireValidPath } from '#lib/libraries/path-rules.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { chooseFreePath } from '#lib/uploads/name-conflict.ts';
import type { PathWorld, WantedPath } from '#lib/uploads/plan-reservations.ts';
import { readPathWorld } from '#lib/uploads/read-path-world.ts';
import { canBeStored } from '#lib/versions/path-ranges.ts';
import { copiesOntoThemselves, type Placed, planPlaces } from './plan-places.ts';
import type { PlannedItem } from './plan-summary.ts';
import { planTransfer } from './plan-transfer.ts';
import { resolveSelection, type Selection } from './resolve-selection.ts';
import type { IfExists, OperationParams } from './schema.ts';

/** Paths whose surroundings are read in one go. */
const worldChunk = 5_000;

/**
 * What a move or copy would do. Moving asks a contributor at both ends; copying a viewer where it comes from.
 * @throws AppError invalid_request, invalid_path, not_found, forbidden, too_large
 */
export async function prepareTransfer(
  actor: Actor,
  library: LibraryContext,
  type: 'move' | 'copy',
  selection: Selection,
  params: OperationParams,
): Promise<PlannedItem[]> {
  const move = type === 'move';
  const ifExists = params.ifExists ?? 'fail';
  const limits = { rootPrefix: library.rootPrefix, maxSegmentBytes: library.capabilities.maxSegmentBytes };
  const { to, name } = requireDestination(params, limits);
  requireRole(actor, library.id, [to], 'contributor');
  const roots = 'paths' in selection ? selection.paths.filter((path) => path === '' || path.endsWith('/')) : [];
  if (roots.includes('')) {
    throw new AppError('invalid_request', 'The whole library has no other place to go to. Choose folders or files.');
  }
  const selected = await resolveSelection(actor, library, selection, 'live', move ? 'contributor' : 'viewer');

  const items = [...selected.folders, ...selected.assets];
  let placed: Placed<(typeof items)[number]>[] = planPlaces(roots, items, { to, name });
  if (!move && ifExists === 'rename') {
    placed = await besideThemselves(library, placed, copiesOntoThemselves(roots, { to, name }), limits);
  }
  requireRole(
    actor,
    library.id,
    placed.map((one) => one.to),
    'contributor',
  );
  const world = await readWorld(library, actor.userId, placed, ifExists, limits);
  const isAsset = <T extends { path: string }>(one: Placed<T>) => !one.item.path.endsWith('/');
  return planTransfer(
    {
      move,
      ifExists,
      assets: placed.filter(isAsset) as Placed<(typeof selected.assets)[number]>[],
      folders: placed.filter((one) => !isAsset(one)),
    },
    world,
    limits,
  );
}

function requireDestination(
  params: OperationParams,
  limits: { rootPrefix: string; maxSegmentBytes: number | null },
): { to: string; name: string | undefined } {
  const { to, name } = params;
  if (to === undefined || !canBeStored(to))
    throw new AppError('invalid_request', 'params.to says which folder to go to.');
  if (to !== '') {
    if (!to.endsWith('/')) throw new AppError('invalid_request', 'params.to is a folder and ends in "/".');
    requireValidPath(to, limits);
  }
  if (name !== undefined) {
    const problem = name.includes('/') ? 'A name cannot hold a slash.' : findPathProblem(to + name, limits);
    if (problem) throw new AppError('invalid_path', problem);
  }
  return { to, name };
}

/** A folder copied into its own parent becomes "name (2)" as a whole; its files keep their names. */
async function besideThemselves<T extends { path: string }>(
  library: LibraryContext,
  placed: Placed<T>[],
  roots: string[],
  limits: { rootPrefix: string; maxSegmentBytes: number | null },
): Promise<Placed<T>[]> {
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  for (const root of roots) {
    const names = await namesIn(library.id, parentFolder(root), nameOf(root));
    const free = chooseFreePath(root.slice(0, -1), (path) => names.has(path) || taken.has(path), limits);
    if (free === null) throw new AppError('path_exists', `No free name is left beside ${nameOf(root)}.`);
    taken.add(free);
    renamed.set(root, `${free}/`);
  }
  return placed.map((one) => {
    const root = roots.find((candidate) => one.to.startsWith(candidate) && one.item.path.startsWith(candidate));
    return root === undefined ? one : { ...one, to: renamed.get(root) + one.to.slice(root.length) };
  });
}

/** Files and folders directly in a folder whose names begin like one, without "/". */
async function namesIn(libraryId: bigint, folder: string, name: string): Promise<Set<string>> {
  const rows = await db().$queryRaw<{ path: string }[]>`
    SELECT rtrim(f."path", '/') AS "path" FROM "Folder" f JOIN "Folder" p ON p."id" = f."parentId"
    WHERE p."libraryId" = ${libraryId} AND p."path" = ${folder} AND starts_with(f."name", ${name})
    UNION ALL
    SELECT a."path" FROM "Asset" a JOIN "Folder" p ON p."id" = a."folderId"
    WHERE p."libraryId" = ${libraryId} AND p."path" = ${folder} AND starts_with(a."name", ${name}) AND a."state" <> 'gone'`;
  return new Set(rows.map((row) => row.path));
}

async function readWorld(
  library: LibraryContext,
  userId: bigint,
  placed: Placed<{ path: string }>[],
  ifExists: IfExists,
  limits: { rootPrefix: string; maxSegmentBytes: number | null },
): Promise<PathWorld> {
  const wanted = placed
    .filter((one) => canBeStored(one.to))
    .map(
      ({ to }): WantedPath => ({
        // What lies above a folder is what lies above anything in it.
        path: to.endsWith('/') ? `${to}.` : to,
        ifExists: ifExists === 'rename' && !to.endsWith('/') ? 'rename' : 'fail',
        expectedVersionId: null,
        size: 0,
        crc64nvme: null,
        contentType: '',
        fileModifiedAt: null,
      }),
    );
  if (wanted.length < placed.length) throw notFound('The folder or file');
  const worlds: PathWorld[] = [];
  for (let at = 0; at < wanted.length; at += worldChunk) {
    worlds.push(await readPathWorld(db(), library, userId, wanted.slice(at, at + worldChunk), limits));
  }
  return {
    assets: new Map(worlds.flatMap((world) => [...world.assets])),
    openUploads: new Map(worlds.flatMap((world) => [...world.openUploads])),
    filesAbove: new Set(worlds.flatMap((world) => [...world.filesAbove])),
    foldersAt: new Set(worlds.flatMap((world) => [...world.foldersAt])),
    takenNames: new Set(worlds.flatMap((world) => [...world.takenNames])),
  };
}
