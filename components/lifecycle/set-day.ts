import type { LifecycleRule } from '#lib/lifecycle/schema.ts';
import type { DayField } from './lane-plan.ts';

/** Standard-IA and One Zone-IA take nothing before day 30 and keep it 30 days at least (s3-facts 4.2). */
const IA_DAYS = 30;
const isInfrequent = (name: string | undefined) => name === 'STANDARD_IA' || name === 'ONEZONE_IA';

export type DaySet = {
  rule: LifecycleRule;
  /** Why the day is another one than was asked for; null when it is not. */
  resisted: string | null;
};

const stepsOf = (rule: LifecycleRule, part: 'current' | 'old') =>
  part === 'current' ? rule.transitions : rule.oldVersions.transitions;
const endOf = (rule: LifecycleRule, part: DayField['part']) =>
  part === 'current'
    ? rule.expireAfterDays
    : part === 'old'
      ? rule.oldVersions.removeAfterDays
      : rule.abortUploadsAfterDays;

/** The day that a grip stands for. */
export function dayOf(rule: LifecycleRule, field: DayField): number {
  if (field.step === 'end') return endOf(rule, field.part) ?? 0;
  return stepsOf(rule, field.part)[field.step]?.days ?? 0;
}

/** Moves a step or an end to another day, as far as S3's rules and the neighbours let it. */
export function setDay(rule: LifecycleRule, field: DayField, wanted: number): DaySet {
  const [low, lowReason] = lowest(rule, field);
  const [high, highReason] = highest(rule, field);
  const day = Math.max(low, Math.min(high, Math.round(wanted)));
  const resisted = wanted < low ? lowReason : wanted > high ? highReason : null;
  return { rule: withDay(rule, field, day), resisted };
}

function lowest(rule: LifecycleRule, field: DayField): [number, string | null] {
  if (field.part === 'uploads') return [1, 'A day is the least.'];
  const steps = stepsOf(rule, field.part);
  const index = field.step === 'end' ? steps.length : field.step;
  const previous = steps[index - 1];
  const own = field.step === 'end' ? undefined : steps[index]?.storageClass;
  const afterPrevious = previous ? previous.days + (isInfrequent(previous.storageClass) && own ? IA_DAYS : 1) : 0;
  const least = Math.max(afterPrevious, isInfrequent(own) ? IA_DAYS : 0, field.step === 'end' ? 1 : 0);
  if (isInfrequent(own) && least === IA_DAYS) return [least, `This class takes nothing before day ${IA_DAYS}.`];
  if (previous && isInfrequent(previous.storageClass) && own)
    return [least, `The class before keeps a file ${IA_DAYS} days at least.`];
  return [least, previous ? 'It must come after the step before.' : null];
}

function highest(rule: LifecycleRule, field: DayField): [number, string | null] {
  if (field.step === 'end') return [36_500, null];
  const steps = stepsOf(rule, field.part as 'current' | 'old');
  const next = steps[field.step + 1];
  const own = steps[field.step]?.storageClass;
  if (next) return [next.days - (isInfrequent(own) ? IA_DAYS : 1), 'The next step comes then.'];
  const end = endOf(rule, field.part);
  return end === null ? [36_500, null] : [end - 1, 'It ends then.'];
}

function withDay(rule: LifecycleRule, field: DayField, day: number): LifecycleRule {
  const move = <T extends { days: number }>(steps: T[]) =>
    steps.map((step, index) => (index === field.step ? { ...step, days: day } : step));
  if (field.part === 'uploads') return { ...rule, abortUploadsAfterDays: day };
  if (field.part === 'current')
    return field.step === 'end' ? { ...rule, expireAfterDays: day } : { ...rule, transitions: move(rule.transitions) };
  const { oldVersions } = rule;
  return {
    ...rule,
    oldVersions:
      field.step === 'end'
        ? { ...oldVersions, removeAfterDays: day }
        : { ...oldVersions, transitions: move(oldVersions.transitions) },
  };
}
