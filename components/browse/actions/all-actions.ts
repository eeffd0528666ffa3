import type { EntryAction } from './action.ts';
import { downloadFiles } from './download.tsx';
import { showDetails, showVersions } from './look.tsx';
import { openFile, openFolder } from './open.tsx';
import { moveToTrash } from './trash.tsx';

/** Everything that can be done with entries, in the order of the menu. A new one is a file beside this and a word here. */
export const entryActions: readonly EntryAction[] = [
  openFile,
  openFolder,
  downloadFiles,
  showVersions,
  showDetails,
  moveToTrash,
];
