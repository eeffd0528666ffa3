import { type Amounts, addTally, type DryRunCount, type DryRunTally, emptyTally } from '#lib/lifecycle/count-fates.ts';
import { ruleNameOf } from '#lib/lifecycle/plan-document.ts';
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

/** By the rule's name, in order of name: a store that takes one step a rule holds ours in pieces. */
export function planRulesOfDryRun({ rules }: DryRunCount): { name: string; tally: DryRunTally }[] {
  const sums = new Map<string, DryRunTally>();
  for (const [id, tally] of Object.entries(rules)) {
    const name = ruleNameOf(id);
    const sum = sums.get(name) ?? emptyTally();
    addTally(sum, tally);
    sums.set(name, sum);
  }
  return [...sums].map(([name, tally]) => ({ name, tally })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
