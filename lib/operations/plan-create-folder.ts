import { AppError } from '#lib/errors.ts';
import { nameOf } from '#lib/libraries/path-rules.ts';
import type { PlannedItem } from './plan-summary.ts';

/** What the index knows around a new folder. */
export type FolderSurroundings = {
  /** The folder is visible: its marker object or a live file below it exists. */
  visible: boolean;
  /** Files (live or in the trash) whose path is the folder's or one above it, without "/". */
  filesInTheWay: { path: string; state: 'live' | 'trashed' | 'gone' }[];
  /** Paths of open uploads at such a place. */
  uploadsInTheWay: string[];
};

/**
 * An empty folder: the zero-byte object `path/`. The path itself was checked before.
 * @throws AppError path_exists, path_under_file, path_reserved
 */
export function planCreateFolder(path: string, key: string, around: FolderSurroundings): PlannedItem {
  const name = nameOf(path);
  // Any version counts: on MinIO even a file in the trash hides everything below its name (s3-facts 7c).
  const file = around.filesInTheWay.find((one) => one.state !== 'gone');
  if (file) {
    const where = file.state === 'trashed' ? 'The trash holds a file' : 'There is a file';
    throw new AppError(
      'path_under_file',
      `${where} named ${nameOf(file.path)} where a folder would be. Choose another name.`,
    );
  }
  const upload = around.uploadsInTheWay[0];
  if (upload) {
    throw new AppError('path_reserved', `A file named ${nameOf(upload)} is being uploaded there. Choose another name.`);
  }
  if (around.visible) throw new AppError('path_exists', `The folder ${name} is there already.`);
  return {
    key,
    path,
    bytes: 0,
    state: 'pending',
    error: null,
    step: { kind: 'put-folder-marker', ifExists: 'conflict' },
  };
}
