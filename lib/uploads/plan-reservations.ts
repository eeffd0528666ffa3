import { foldersAbove, type PathLimits } from '#lib/libraries/path-rules.ts';
import { chooseFreePath } from './name-conflict.ts';

export type WantedPath = {
  path: string;
  ifExists: 'fail' | 'replace' | 'rename';
  expectedVersionId: string | null;
  size: number;
  /** Base64; null for large files. */
  crc64nvme: string | null;
  contentType: string;
  fileModifiedAt: Date | null;
};

export type AssetFact = {
  id: string;
  state: 'live' | 'trashed';
  size: number;
  modifiedAt: Date;
  versionId: string;
  /** Of the newest version with content. */
  etag: string | null;
};

export type OpenUpload = {
  id: string;
  isOwn: boolean;
  state: 'reserved' | 'uploading' | 'completing';
  ifExists: 'fail' | 'replace' | 'rename';
  expectedVersionId: string | null;
  size: number;
  crc64nvme: string | null;
  contentType: string;
  fileModifiedAt: Date | null;
};

/** What the index and the open sessions say around the wanted paths. */
export type PathWorld = {
  /** At the wanted paths, every asset that has a version. */
  assets: Map<string, AssetFact>;
  openUploads: Map<string, OpenUpload>;
  /** Among the paths above wanted ones: those that are files (any version, or an open upload). */
  filesAbove: Set<string>;
  /** Wanted paths with something below them: an asset with any version, an open upload, a folder marker. */
  foldersAt: Set<string>;
  /** Names that "keep both" may not take: assets, open uploads and folders beside the wanted ones. */
  takenNames: Set<string>;
};

export type Expected = { expectedVersionId: string | null; expectedEtag: string | null };
export type Reservation =
  | ({ action: 'reserve'; path: string } & Expected)
  /** The caller's own session for the same file: a start whose answer was lost, or a page that was reloaded. */
  | { action: 'reuse'; path: string; uploadId: string; change: Expected | null }
  | {
      action: 'refuse';
      code: 'path_exists' | 'path_reserved' | 'path_is_folder' | 'path_under_file' | 'version_changed';
      detail: string;
      existing: AssetFact | null;
    };

type Refusal = Extract<Reservation, { action: 'refuse' }>;
const refuse = (code: Refusal['code'], detail: string, existing: AssetFact | null = null): Refusal => ({
  action: 'refuse',
  code,
  detail,
  existing,
});

/** Whether anything is known at or under this path: a file with any history, an open upload, a folder, or a name that is kept free. */
export function isTakenIn(world: PathWorld, path: string): boolean {
  return (
    world.assets.has(path) || world.openUploads.has(path) || world.foldersAt.has(path) || world.takenNames.has(path)
  );
}

/**
 * Decides the path and the condition of each file of a start call, in order, so that an earlier file of the batch counts for a later one.
 * @param options.markerBlocksCreate on this store a delete marker on top fails `If-None-Match: *` and is passed by `If-Match` of the
 *   version beneath (VersityGW, s3-facts 7c); elsewhere it is the other way round
 */
export function planReservations(
  wanted: WantedPath[],
  world: PathWorld,
  limits: PathLimits,
  options: { markerBlocksCreate: boolean },
): Reservation[] {
  const batchFiles = new Set<string>();
  const batchFolders = new Set<string>();
  const reused = new Set<string>();

  const isTaken = (path: string) => batchFiles.has(path) || batchFolders.has(path) || isTakenIn(world, path);

  return wanted.map((file) => {
    const above = filesAbove(file.path).find((path) => batchFiles.has(path) || world.filesAbove.has(path));
    if (above !== undefined) {
      return refuse('path_under_file', `“${above}” is a file, so nothing can lie below it. Choose another folder.`);
    }
    const decision = decide(file);
    if (decision.action === 'refuse') return decision;
    if (decision.action === 'reuse') reused.add(decision.uploadId);
    batchFiles.add(decision.path);
    for (const path of filesAbove(decision.path)) batchFolders.add(path);
    return decision;
  });

  function decide(file: WantedPath): Reservation {
    const clash = findClash(file);
    if (clash?.action !== 'refuse' || file.ifExists !== 'rename') return clash ?? reserve(file);
    const free = chooseFreePath(file.path, isTaken, limits);
    return free === null ? clash : { action: 'reserve', path: free, expectedVersionId: null, expectedEtag: null };
  }

  function findClash(file: WantedPath): Reservation | null {
    const { path } = file;
    if (batchFolders.has(path) || world.foldersAt.has(path)) {
      return refuse('path_is_folder', `“${path}” is a folder. Rename the file, or choose another folder.`);
    }
    if (batchFiles.has(path)) {
      return refuse('path_reserved', `Two files of this upload have the path “${path}”. Rename one of them.`);
    }
    const open = world.openUploads.get(path);
    const mayReuse = open !== undefined && isSameFile(open, file) && !reused.has(open.id);
    if (open && !mayReuse) {
      return refuse(
        'path_reserved',
        open.isOwn && !reused.has(open.id)
          ? `An earlier upload of yours to “${path}” is not finished. Continue or cancel it first.`
          : `Another upload to “${path}” is under way. Try again when it has ended.`,
      );
    }
    // Its condition still stands: what it meets at the store is settled there.
    if (open && open.ifExists === file.ifExists && open.expectedVersionId === file.expectedVersionId) {
      return { action: 'reuse', path, uploadId: open.id, change: null };
    }
    const asset = world.assets.get(path);
    if (file.ifExists === 'replace') {
      if (asset?.state !== 'live') {
        return refuse('version_changed', `“${path}” is no longer there. Upload it as a new file.`);
      }
      if (asset.versionId !== file.expectedVersionId) {
        return refuse(
          'version_changed',
          `“${path}” was replaced in the meantime. Look at the new version, then decide.`,
          asset,
        );
      }
    } else if (asset?.state === 'live') {
      return refuse('path_exists', `“${path}” is there already. Replace it, keep both, or skip it.`, asset);
    }
    return open ? { action: 'reuse', path, uploadId: open.id, change: expectedOf(asset, file) } : null;
  }

  function reserve(file: WantedPath): Reservation {
    return { action: 'reserve', path: file.path, ...expectedOf(world.assets.get(file.path), file) };
  }

  function expectedOf(asset: AssetFact | undefined, file: WantedPath): Expected {
    if (file.ifExists === 'replace') {
      return { expectedVersionId: file.expectedVersionId, expectedEtag: asset?.etag ?? null };
    }
    if (asset?.state === 'trashed' && options.markerBlocksCreate) {
      return { expectedVersionId: null, expectedEtag: asset.etag };
    }
    return { expectedVersionId: null, expectedEtag: null };
  }
}

/** "a/b/c.jpg" → "a", "a/b": what would have to be files to hide this one. */
export const filesAbove = (path: string): string[] => foldersAbove(path).map((folder) => folder.slice(0, -1));

/** The same bytes as far as anybody can say before they are sent: size and checksum, or for large files size and file time. */
function isSameFile(open: OpenUpload, file: WantedPath): boolean {
  if (!open.isOwn || open.state === 'completing' || open.size !== file.size || open.contentType !== file.contentType)
    return false;
  if (open.fileModifiedAt?.getTime() !== file.fileModifiedAt?.getTime()) return false;
  if (open.crc64nvme !== null && file.crc64nvme !== null) return open.crc64nvme === file.crc64nvme;
  return open.fileModifiedAt !== null;
}
