import { formatPlural } from '#components/ui/format.ts';
import type { PriceSheet } from '#lib/cost/schema.ts';
import type { LifecycleRule, LifecycleView } from '#lib/lifecycle/schema.ts';
import { classLabels, isArchived } from '#lib/lifecycle/storage-classes.ts';

/**
 * What the store will do by a rule that it takes, and one may not expect: small files that stay (s3-facts 4.3), and classes that are paid to the
 * end of their minimum time when a file leaves them sooner (4.4).
 */
export function planRuleNotes(
  rule: LifecycleRule,
  minimumSize: LifecycleView['minimumSize'],
  prices: PriceSheet,
): string[] {
  const { oldVersions } = rule;
  return [
    ...smallNotes(rule, minimumSize),
    ...earlyNotes('files', rule.transitions, rule.expireAfterDays, prices),
    ...earlyNotes('old versions', oldVersions.transitions, oldVersions.removeAfterDays, prices),
  ];
}

function smallNotes(rule: LifecycleRule, minimumSize: LifecycleView['minimumSize']): string[] {
  const steps = [...rule.transitions, ...rule.oldVersions.transitions];
  const stay = minimumSize === 'all' ? steps : steps.filter(({ storageClass }) => !isArchived(storageClass));
  if (minimumSize === 'none' || stay.length === 0 || rule.largerThan !== null || rule.smallerThan !== null) return [];
  const where = stay.length === steps.length ? 'stay in Standard' : 'go to the archive classes only';
  return [`Files under 128 KB ${where}: S3 does not move them, unless the rule has a size of its own.`];
}

type Step = LifecycleRule['transitions'][number];

function earlyNotes(what: string, steps: Step[], end: number | null, prices: PriceSheet): string[] {
  return steps.flatMap(({ days, storageClass }, index) => {
    const least = prices.classes[storageClass]?.minimumDays ?? 0;
    const stays = (steps[index + 1]?.days ?? end ?? Number.POSITIVE_INFINITY) - days;
    if (stays >= least) return [];
    return [
      `${classLabels[storageClass]} is billed for ${least} days at least; ${what} leave it after ${formatPlural(stays, 'day')} and pay for the rest.`,
    ];
  });
}
