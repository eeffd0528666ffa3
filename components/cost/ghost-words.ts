import type { Ghosts } from '#lib/operations/schema.ts';

type GhostCopy = { title: string; one: string; many: string; effect: string; none: string; destroys: boolean };

/** What each clean-up says. `destroys`: bytes go for good, so the number is typed. */
export const ghostCopy: Record<Ghosts['kind'], GhostCopy> = {
  'old-versions': {
    title: 'Clean up old versions',
    one: 'old version',
    many: 'old versions',
    effect:
      'They go from the store for good: these files cannot be restored to them any more. The newest version of each stays.',
    none: 'No version has been old for so long.',
    destroys: true,
  },
  uploads: {
    title: 'Clean up unfinished uploads',
    one: 'unfinished upload',
    many: 'unfinished uploads',
    effect: 'Their parts go from the store. Uploads that Strata is receiving stay.',
    none: 'No upload was left unfinished for so long.',
    destroys: true,
  },
  markers: {
    title: 'Clean up delete markers',
    one: 'delete marker',
    many: 'delete markers',
    effect: 'Nothing is left under them, so no byte is lost. The history of these files says that they are gone.',
    none: 'Every delete marker hides something that is still there.',
    destroys: false,
  },
};

/** What the fields of the dialog ask for; null while one of them is no whole number of its range. */
export function ghostsOf(kind: Ghosts['kind'], days: string, keep: string): Ghosts | null {
  if (kind === 'markers') return { kind };
  const olderThanDays = wholeNumber(days, kind === 'uploads' ? 1 : 0, 36_500);
  const keepNewest = wholeNumber(keep, 0, 100);
  if (olderThanDays === null || keepNewest === null) return null;
  return kind === 'uploads' ? { kind, olderThanDays } : { kind, olderThanDays, keepNewest };
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most ? number : null;
}
