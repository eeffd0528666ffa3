import { type Amounts, addTally, type DryRunCount, type DryRunTally, emptyTally } from '#lib/lifecycle/count-fates.ts';
import { wholeRuleId } from '#lib/lifecycle/rule-ids.ts';
import { transitionClasses } from '#lib/lifecycle/storage-classes.ts';

export type DryRunRow = { key: string; amounts: Amounts; danger?: boolean };

/** What is moved, by class from warm to cold, then what goes; kinds that do nothing within a year are left out. */
export function planDryRunRows(tally: DryRunTally): DryRunRow[] {
  const moved = transitionClasses.flatMap((name) => {
    const amounts = tally.moved[name];
    return amounts ? [{ key: name, amounts }] : [];
  });
  return [
    ...moved,
    { key: 'expired', amounts: tally.expired, danger: true },
    { key: 'removed', amounts: tally.removed },
    { key: 'markers', amounts: tally.markers },
  ].filter(({ amounts }) => (amounts.at(-1)?.versions ?? 0) > 0);
}

/** In order of id; the pieces in which a store holds one of our rules are put together. */
export function planRulesOfDryRun({ rules }: DryRunCount): { id: string; tally: DryRunTally }[] {
  const sums = new Map<string, DryRunTally>();
  for (const [piece, tally] of Object.entries(rules)) {
    const id = wholeRuleId(piece);
    const sum = sums.get(id) ?? emptyTally();
    addTally(sum, tally);
    sums.set(id, sum);
  }
  return [...sums].map(([id, tally]) => ({ id, tally })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
