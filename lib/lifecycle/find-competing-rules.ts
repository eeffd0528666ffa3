import type { CompiledRule } from './compile-rules.ts';
import { wholeRuleId } from './rule-ids.ts';

export type Competition = {
  /** Ids of two rules that act on the same files. */
  rules: [string, string];
  /** What they compete about and who wins. */
  text: string;
};

/**
 * Pairs of rules that act on the same files in the same way, with the outcome that S3 documents ("Lifecycle configuration
 * conflicts"; s3-facts 4.5). Two rules that do different things to the same files do not compete, nor do the pieces of one.
 */
export function findCompetingRules(rules: CompiledRule[]): Competition[] {
  return rules.flatMap((a, index) =>
    rules
      .slice(index + 1)
      .filter((b) => wholeRuleId(a.id) !== wholeRuleId(b.id) && overlap(a, b))
      .flatMap((b) => compete(a, b).map((text) => pair(a, b, text))),
  );
}

const pair = (a: CompiledRule, b: CompiledRule, text: string): Competition => ({ rules: [a.id, b.id], text });

function overlap(a: CompiledRule, b: CompiledRule): boolean {
  const samePlace = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const below = Math.min(a.smallerThan ?? Number.POSITIVE_INFINITY, b.smallerThan ?? Number.POSITIVE_INFINITY);
  const above = Math.max(a.largerThan ?? -1, b.largerThan ?? -1);
  const sameTags = a.tags.every(({ key, value }) => b.tags.every((tag) => tag.key !== key || tag.value === value));
  return samePlace && sameTags && below > above + 1;
}

function compete(a: CompiledRule, b: CompiledRule): string[] {
  const found: string[] = [];
  if (a.transitions.length > 0 && b.transitions.length > 0)
    found.push('Both move current files. On a day when both are due the colder class wins.');
  if (a.expiration && b.expiration) found.push('Both expire current files. The shorter time wins.');
  if ((a.expiration && b.transitions.length > 0) || (b.expiration && a.transitions.length > 0))
    found.push('One moves current files and one expires them. On the same day the move wins.');
  if (a.oldTransitions.length > 0 && b.oldTransitions.length > 0)
    found.push('Both move old versions. On a day when both are due the colder class wins.');
  if (a.oldRemoval && b.oldRemoval)
    found.push('Both remove old versions. A version goes as soon as one of them lets it go.');
  return found;
}
