import {
  formatBytes,
  formatCount,
  formatDuration,
  formatDurationRange,
  formatMoney,
  formatPlural,
} from '#components/ui/format.ts';
import { formatTime } from '#components/ui/format-time.ts';
import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';
import type { RestoreCost } from '#lib/restore/plan-restore-cost.ts';
import type { PlanKind, RestoreKind, RestorePlanItem } from '#lib/restore/schema.ts';

/** `unchanged` is no kind of item: what is as it was is only counted. */
export type ShownKind = RestoreKind | 'unchanged';

export const kindLabels: Record<ShownKind, string> = {
  copy: 'Go back a version',
  removeMarker: 'Bring back from trash',
  addMarker: 'Move to trash',
  thaw: 'Thaw first',
  unavailable: 'No longer there',
  conflict: 'Cannot be restored',
  unchanged: 'Unchanged',
};

/** Fills, and the order of kinds everywhere. Depth for what gets older, grey for what goes, red for what is lost. */
export const kindSwatches: Record<ShownKind, string> = {
  copy: 'bg-depth-2',
  removeMarker: 'bg-depth-1',
  addMarker: 'bg-edge',
  thaw: 'bg-depth-4',
  unavailable: 'bg-danger',
  conflict: 'bg-warning',
  unchanged: 'bg-press',
};

/** The second line of a kind. `bytes`: of what is chosen. */
export function kindDetail({ kind, classes }: Pick<PlanKind, 'kind' | 'classes'>, bytes: number): string {
  switch (kind) {
    case 'copy':
      return `${formatBytes(bytes)} to copy`;
    case 'removeMarker':
      return 'Nothing to copy';
    case 'addMarker':
      return 'Added after this moment';
    case 'thaw':
      return classes.map(({ storageClass }) => nameOfClass(storageClass)).join(', ');
    case 'unavailable':
      return 'Gone from the store';
    case 'conflict':
      return 'Something stands in the way';
  }
}

/** The second line of a file: "Version 5 to version 2, 6 Nov 10:44". */
export function itemDetail(kind: RestoreKind, { before, after, storageClass, error }: RestorePlanItem): string {
  if (error) return error.detail;
  if (!after) return before ? `Version ${before.number}, added ${formatTime(before.modifiedAt)}` : 'Added since';
  const to = `ersion ${after.number}, ${formatTime(after.modifiedAt)}`;
  const archived = kind === 'thaw' && storageClass ? `, ${nameOfClass(storageClass)}` : '';
  if (kind === 'removeMarker') return `V${to}`;
  return (before ? `Version ${before.number} to v${to}` : `From the trash to v${to}`) + archived;
}

/** "Adds 31 versions and 25 delete markers, removes 18 delete markers." */
export function effectSentence(chosen: Partial<Record<RestoreKind, number>>): string {
  const { copy = 0, thaw = 0, addMarker = 0, removeMarker = 0 } = chosen;
  const adds = [
    copy + thaw > 0 ? formatPlural(copy + thaw, 'version') : null,
    addMarker > 0 ? formatPlural(addMarker, 'delete marker') : null,
  ].filter((part) => part !== null);
  const parts = [
    adds.length > 0 ? `adds ${adds.join(' and ')}` : null,
    removeMarker > 0 ? `removes the delete markers of ${formatPlural(removeMarker, 'file')}` : null,
  ].filter((part) => part !== null);
  const sentence = parts.join(', ');
  return sentence === '' ? 'Nothing is chosen.' : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** More than this runs in the background for long enough to say so. */
const inBackground = 10_000;

/** "Copies stay inside the store: under $0.01 for 148 requests, about 40 s." and what the new bytes cost a month. */
export function costSentence(cost: RestoreCost): string {
  if (cost.files === 0) return '';
  const copies = cost.bytesToCopy > 0 ? 'Copies stay inside the store: ' : 'It costs ';
  const time = cost.thaw
    ? `${formatDurationRange(...cost.thaw)} for the thaw`
    : `about ${formatDuration(Math.max(1, cost.seconds))}`;
  const once = `${copies}${formatMoney(cost.once)} for ${formatPlural(Math.round(cost.requests), 'request')}, ${time}.`;
  const kept = cost.perMonth >= 0.005 ? ` Keeping them adds ${formatMoney(cost.perMonth)} a month.` : '';
  const background = cost.files > inBackground ? ` It runs in the background.` : '';
  return once + kept + background;
}

/** Under the title. `ago`: seconds since it was compared with the store. */
export function checkedSentence(check: { whole: boolean; checked: number } | null, ago: string, total: number): string {
  if (!check) return 'Comparing with the store. Nothing has changed yet.';
  if (check.whole) return `Checked against the store ${ago}. Nothing has changed yet.`;
  return check.checked > 0
    ? `The first ${formatCount(check.checked)} of ${formatPlural(total, 'file')} checked against the store ${ago}, the others when their turn comes. Nothing has changed yet.`
    : 'Each file is checked against the store when its turn comes. Nothing has changed yet.';
}
