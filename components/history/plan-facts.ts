import { formatCount } from '#components/ui/format.ts';
import type { OperationView } from '#lib/operations/schema.ts';
import type { ChosenKind } from '#lib/restore/plan-restore-cost.ts';
import { kindLabels, kindSwatches, type ShownKind } from './restore-words.ts';

/** One line of what a restore has done, and its piece of the bar. */
export type RestoreFact = { key: string; label: string; detail: string; count: number; swatch: string };

/**
 * What a restore that has ended did, for its report: kind by kind when it ran to its end; when it was cancelled, how many were done and how many
 * were not, since what of each kind had its turn is known to the journal only. Pure.
 * @param rows the plan, as it was shown
 */
export function planFacts(
  rows: readonly { kind: ShownKind; count: number }[],
  chosen: readonly ChosenKind[],
  { state, counts }: Pick<OperationView, 'state' | 'counts'>,
): RestoreFact[] {
  if (state !== 'cancelled') {
    return rows.map(({ kind, count }) => {
      const taken = chosen.find((one) => one.kind === kind)?.chosen.count;
      const left = taken === undefined || kind === 'unavailable' || kind === 'conflict' ? 0 : count - taken;
      const detail = left > 0 ? `${formatCount(left)} left out` : '';
      return { key: kind, label: kindLabels[kind], detail, count: count - left, swatch: kindSwatches[kind] };
    });
  }
  const missed = counts.conflict + counts.failed;
  const facts: RestoreFact[] = [
    { key: 'done', label: 'Restored', detail: 'Stays done', count: counts.done, swatch: 'bg-depth-2' },
    { key: 'pending', label: 'Not restored', detail: 'Cancelled before', count: counts.pending, swatch: 'bg-edge' },
  ];
  if (missed > 0) {
    facts.push({ key: 'missed', label: 'Left as they are', detail: '', count: missed, swatch: kindSwatches.conflict });
  }
  if (counts.skipped > 0) {
    facts.push({ key: 'skipped', label: 'Left out', detail: '', count: counts.skipped, swatch: 'bg-press' });
  }
  const unchanged = rows.find(({ kind }) => kind === 'unchanged')?.count ?? 0;
  const label = kindLabels.unchanged;
  return [...facts, { key: 'unchanged', label, detail: '', count: unchanged, swatch: kindSwatches.unchanged }];
}
