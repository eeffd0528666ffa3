import { expect, it } from 'vitest';
import { type DryRunTally, emptyCount, emptyTally } from '#lib/lifecycle/count-fates.ts';
import { planDryRunRows, planRulesOfDryRun } from './plan-dry-run-rows.ts';

const amounts = (versions: number) =>
  Array.from({ length: 4 }, () => ({ files: versions, versions, bytes: versions * 10 }));
const tally = (parts: Partial<DryRunTally>): DryRunTally => ({ ...emptyTally(), ...parts });

it('lists moves from warm to cold, then what goes, and leaves out what does nothing', () => {
  const rows = planDryRunRows(
    tally({ moved: { GLACIER: amounts(2), STANDARD_IA: amounts(1), DEEP_ARCHIVE: amounts(0) }, removed: amounts(4) }),
  );
  expect(rows.map(({ key }) => key)).toEqual(['STANDARD_IA', 'GLACIER', 'removed']);
});

it('puts the pieces of a rule together', () => {
  const count = emptyCount();
  count.rules = {
    'strata/media/Cool#2': tally({ moved: { GLACIER: amounts(2) } }),
    'strata/media/Cool#1': tally({ moved: { STANDARD_IA: amounts(3) } }),
    'by hand': tally({ expired: amounts(1) }),
  };
  const rules = planRulesOfDryRun(count);
  expect(rules.map(({ id }) => id)).toEqual(['by hand', 'strata/media/Cool']);
  expect(planDryRunRows((rules[1] as (typeof rules)[number]).tally).map(({ key }) => key)).toEqual([
    'STANDARD_IA',
    'GLACIER',
  ]);
});
