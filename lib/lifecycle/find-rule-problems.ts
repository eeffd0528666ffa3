import { maxRules } from './plan-document.ts';
import type { LifecycleRule } from './schema.ts';
import { canTransition, classLabels, type StorageClassName, type TransitionClass } from './storage-classes.ts';

/** Days that Standard-IA and One Zone-IA ask for before an object may enter, and before it may go on (s3-facts 4.2). */
const IA_DAYS = 30;
/** Tags of one object (S3 user guide, "Categorizing your storage using tags"). */
const MAX_TAGS = 10;
const isInfrequent = (name: StorageClassName) => name === 'STANDARD_IA' || name === 'ONEZONE_IA';

export type RuleProblem = {
  /** Index into the rules given. */
  rule: number;
  /** The field it is about, as a path into the rule: "transitions.1.days". */
  field: string;
  /** What is wrong and what to do. */
  text: string;
};

export type ClassSupport = {
  /** Classes that this store takes as a target. */
  classes: readonly TransitionClass[];
  /** Rules of others in the same bucket's document, which count against S3's 1,000. */
  foreignCount: number;
};

/**
 * Everything that S3 would refuse, or take and do otherwise than meant, in plain words. Rules that pass are taken by AWS
 * (user guide, "Supported transitions and related constraints", "Lifecycle configuration elements"; s3-facts 3.17, 4.1 to 4.6).
 */
export function findRuleProblems(rules: LifecycleRule[], support: ClassSupport): RuleProblem[] {
  const problems = rules.flatMap((rule, index) =>
    problemsOf(rule, support).map((found) => ({ rule: index, ...found })),
  );
  const names = new Map<string, number>();
  rules.forEach(({ name }, index) => {
    if (names.has(name))
      problems.push({ rule: index, field: 'name', text: `Two rules are named "${name}". Give one another name.` });
    names.set(name, index);
  });
  if (rules.length + support.foreignCount > maxRules)
    problems.push({
      rule: rules.length - 1,
      field: 'name',
      text: `A bucket holds ${maxRules} rules at most; ${support.foreignCount} are there from elsewhere. Join some.`,
    });
  return problems;
}

type Found = Omit<RuleProblem, 'rule'>;

function problemsOf(rule: LifecycleRule, support: ClassSupport): Found[] {
  return [
    ...shapeProblems(rule),
    ...stepProblems('transitions', rule.transitions, rule.expireAfterDays, 'expires', support),
    ...stepProblems(
      'oldVersions.transitions',
      rule.oldVersions.transitions,
      rule.oldVersions.removeAfterDays,
      'is removed',
      support,
    ),
    ...tagProblems(rule),
  ];
}

function shapeProblems(rule: LifecycleRule): Found[] {
  const found: Found[] = [];
  const { oldVersions } = rule;
  const acts =
    rule.transitions.length > 0 ||
    rule.expireAfterDays !== null ||
    rule.removeMarkers ||
    oldVersions.transitions.length > 0 ||
    oldVersions.removeAfterDays !== null ||
    rule.abortUploadsAfterDays !== null;
  if (!acts) found.push({ field: 'transitions', text: 'The rule does nothing yet. Add a step, an end or a clean-up.' });
  if (/#\d+$/.test(rule.name))
    found.push({ field: 'name', text: 'A name may not end in # and a number: that marks the parts of a rule.' });
  if (rule.prefix.startsWith('/'))
    found.push({
      field: 'prefix',
      text: 'A folder does not begin with "/". Take it away, or the rule matches nothing.',
    });
  if (rule.largerThan !== null && rule.smallerThan !== null && rule.smallerThan <= rule.largerThan + 1)
    found.push({ field: 'smallerThan', text: 'No file is larger than the first and smaller than the second size.' });
  if (oldVersions.keepNewest !== null && oldVersions.removeAfterDays === null)
    found.push({
      field: 'oldVersions.keepNewest',
      text: 'Say after how many days older versions go; the number to keep says which stay.',
    });
  if (rule.removeMarkers && rule.expireAfterDays !== null)
    found.push({
      field: 'removeMarkers',
      text: 'Expiring by days takes lonely delete markers away too. S3 refuses both in one rule: switch this off.',
    });
  return found;
}

function tagProblems(rule: LifecycleRule): Found[] {
  if (rule.tags.length === 0) return [];
  const found: Found[] = [];
  if (rule.abortUploadsAfterDays !== null)
    found.push({
      field: 'abortUploadsAfterDays',
      text: 'Unfinished uploads have no tags. Use a rule without tags for them.',
    });
  if (rule.removeMarkers)
    found.push({ field: 'removeMarkers', text: 'Delete markers have no tags. Use a rule without tags for them.' });
  rule.tags.forEach(({ key }, index) => {
    const problem = (text: string) => found.push({ field: `tags.${index}.key`, text });
    if (key === '') problem('Give the tag its name, or take it away.');
    else if (key.startsWith('aws:')) problem('Names that begin with "aws:" belong to AWS. Take another tag.');
    else if (rule.tags.findIndex((tag) => tag.key === key) < index)
      problem(`An object has one value for ${key}. Take this one away.`);
  });
  if (rule.tags.length > MAX_TAGS)
    found.push({ field: 'tags', text: `An object has ${MAX_TAGS} tags at most, so this rule matches none.` });
  return found;
}

type Step = { days: number; storageClass: TransitionClass };

function stepProblems(
  field: 'transitions' | 'oldVersions.transitions',
  steps: Step[],
  endDays: number | null,
  ends: string,
  { classes }: ClassSupport,
): Found[] {
  const found: Found[] = [];
  const problem = (index: number, what: 'days' | 'storageClass', text: string) =>
    found.push({ field: `${field}.${index}.${what}`, text });
  steps.forEach(({ days, storageClass }, index) => {
    const label = classLabels[storageClass];
    const previous = steps[index - 1];
    if (!classes.includes(storageClass)) problem(index, 'storageClass', `This store has no ${label}.`);
    if (isInfrequent(storageClass) && days < IA_DAYS)
      problem(index, 'days', `${label} takes nothing before day ${IA_DAYS}. Set ${IA_DAYS} or more.`);
    if (previous && !canTransition(previous.storageClass, storageClass))
      problem(
        index,
        'storageClass',
        `Nothing goes from ${classLabels[previous.storageClass]} to ${label}. Take a colder class.`,
      );
    if (previous && isInfrequent(previous.storageClass) && days < previous.days + IA_DAYS)
      problem(
        index,
        'days',
        `${classLabels[previous.storageClass]} keeps a file ${IA_DAYS} days at least. Set ${previous.days + IA_DAYS} or more.`,
      );
    else if (previous && days <= previous.days)
      problem(
        index,
        'days',
        `This step must come after the one to ${classLabels[previous.storageClass]} on day ${previous.days}.`,
      );
    if (endDays !== null && days >= endDays)
      problem(index, 'days', `On day ${endDays} it ${ends} already. Move it earlier, or leave this step out.`);
  });
  return found;
}
