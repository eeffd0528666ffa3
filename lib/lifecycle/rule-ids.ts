import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';

export function ownIdPrefix(slug: string): string {
  return `strata/${slug}/`;
}

/** The name of a rule of any library of ours, from its id in the document; the id itself for a rule of others. */
export function ruleNameOf(id: string): string {
  const own = /^strata\/[^/]+\/(.*?)(?:#\d+)?$/s.exec(id);
  return own?.[1] ?? id;
}

/** The id of the rule that a stored one is a piece of: stores that take one step a rule hold ours in several (`#2`). */
export function wholeRuleId(id: string): string {
  return /^strata\/[^/]+\//.test(id) ? id.replace(/#\d+$/, '') : id;
}

export function isOwnRule(rule: StoredRule, slug: string): boolean {
  return rule.ID?.startsWith(ownIdPrefix(slug)) ?? false;
}
