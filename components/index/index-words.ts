import { type IndexLine, indexLine } from '#components/browse/index-line.ts';
import { formatPercent, formatPlural, formatTimeLeft } from '#components/ui/format.ts';
import type { IndexRunView, LibraryIndex } from '#lib/indexing/schema.ts';

/** How a library stands, in one line: "Index live, 3 s behind", "82 %, 4 min left" or "Last checked 2 h ago". */
export function standingOf(
  index: Pick<LibraryIndex, 'state' | 'lagSeconds' | 'checkedAt' | 'differences' | 'running'>,
): IndexLine {
  const { running } = index;
  if (running) {
    if (running.problem) return { tone: 'danger', text: `Held up: ${running.problem}` };
    const verb = running.kind === 'check' ? 'Comparing' : 'Indexing';
    if (running.progress === 0) return { tone: 'accent', text: `${verb}, just begun` };
    const left = running.secondsLeft === null ? '' : `, ${formatTimeLeft(running.secondsLeft)}`;
    return { tone: 'accent', text: `${verb}, ${formatPercent(running.progress)}${left}` };
  }
  if (index.state === 'indexing') return { tone: 'warning', text: 'Not indexed yet' };
  return indexLine(index);
}

const causes: Record<string, [one: string, many: string]> = {
  added: ['file that the index did not know', 'files that the index did not know'],
  'version-added': ['file with a version that was missed', 'files with versions that were missed'],
  trashed: ['file that was deleted', 'files that were deleted'],
  'brought-back': ['file that was brought back', 'files that were brought back'],
  'version-removed': ['file that lost a version', 'files that lost versions'],
  removed: ['file that is gone for good', 'files that are gone for good'],
  'content-changed': ['file with other bytes under the same version', 'files with other bytes under the same version'],
  'class-changed': ['file in another storage class', 'files in another storage class'],
  'details-changed': ['file whose details were wrong', 'files whose details were wrong'],
  unreadable: ['name that no database can hold', 'names that no database can hold'],
};

/** Why one file differs: "File that was deleted". */
export function causeOf(cause: string): string {
  const words = causes[cause]?.[0] ?? cause;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "3 files that were deleted", the most frequent first. */
export function causeLines(drift: Record<string, number>): string[] {
  return Object.entries(drift)
    .sort(([, a], [, b]) => b - a)
    .map(([cause, count]) =>
      formatPlural(count, ...(causes[cause] ?? [`difference (${cause})`, `differences (${cause})`])),
    );
}

/** What the comparison that ended last found. */
export function resultOf(run: IndexRunView): string {
  if (run.kind !== 'check')
    return `${formatPlural(run.versions, 'version')} of ${formatPlural(run.keys, 'name')} recorded`;
  if (run.differences === 0) return 'No difference';
  return `${formatPlural(run.differences, 'difference')}, repaired`;
}
