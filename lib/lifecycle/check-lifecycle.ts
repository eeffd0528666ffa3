import type { Actor } from '#lib/auth/actor.ts';
import type { StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { compileRules } from './compile-rules.ts';
import { countExpiringFiles } from './count-expiring-files.ts';
import { type Competition, findCompetingRules } from './find-competing-rules.ts';
import { findRuleProblems, type RuleProblem } from './find-rule-problems.ts';
import { planDocument } from './plan-document.ts';
import { readLifecycle } from './read-lifecycle.ts';
import { readRules } from './read-rules.ts';
import type { LifecycleRule } from './schema.ts';

export type LifecycleCheck = {
  problems: RuleProblem[];
  before: StoredRule[];
  after: StoredRule[];
  competing: Competition[];
  expiringFiles: number;
};

/** Judges rules without saving them. @throws AppError not_found, forbidden, store_unavailable */
export async function checkLifecycle(
  actor: Actor,
  input: { library: string; rules: LifecycleRule[] },
): Promise<LifecycleCheck> {
  const { library, stored, context, classes } = await readLifecycle(actor, input.library);
  const { foreign } = readRules(stored.rules, context);
  const after = planDocument(stored.rules, input.rules, context);
  return {
    problems: findRuleProblems(input.rules, { classes, foreignCount: foreign.length }),
    before: stored.rules,
    after,
    competing: findCompetingRules(compileRules(after)),
    expiringFiles: await countExpiringFiles(library.id, input.rules),
  };
}
