import { formatCount } from '#components/ui/format.ts';
import type { ActionContext, Chosen, EntryAction } from './action.ts';
import { changeClass } from './change-class.tsx';
import { isRead } from './chosen.ts';
import { downloadFile, downloadMany } from './download.tsx';
import { showDetails, showVersions } from './look.tsx';
import { openFile, openFolder } from './open.tsx';
import { copyEntries, copyTo, cutEntries, editTags, moveTo, renameEntry } from './organise.tsx';
import { restoreToMoment } from './restore-to-moment.tsx';
import { moveToTrash } from './trash.tsx';

/** Everything that can be done with entries, in the order of the menu. A new one is a file beside this and a word here. */
export const entryActions: readonly EntryAction[] = [
  openFile,
  openFolder,
  downloadFile,
  downloadMany,
  showVersions,
  showDetails,
  renameEntry,
  moveTo,
  copyTo,
  cutEntries,
  copyEntries,
  editTags,
  changeClass,
  moveToTrash,
  restoreToMoment,
];

/** Whether an action has a meaning: for what is chosen, and in the time that is shown. */
export function isOffered(action: EntryAction, chosen: Chosen, context: ActionContext): boolean {
  if (action.only !== undefined && (action.only === 'now') !== (context.at === null)) return false;
  return action.applies(chosen, context);
}

/** Why an action cannot be done now, in words. Nothing is done to a part of what is chosen. */
export function whyNotNow(action: EntryAction, chosen: Chosen, context: ActionContext): string | undefined {
  if (!isRead(chosen)) return `${formatCount(chosen.count)} are chosen and still being read`;
  return action.whyNot?.(chosen, context);
}
