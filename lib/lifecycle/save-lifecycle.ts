import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { putLifecycle, type StoredRule } from '#lib/storage/bucket-lifecycle.ts';
import { countExpiringFiles } from './count-expiring-files.ts';
import { findRuleProblems } from './find-rule-problems.ts';
import { lifecycleViewOf } from './get-library-lifecycle.ts';
import { planDocument } from './plan-document.ts';
import { readLifecycle } from './read-lifecycle.ts';
import { readRules } from './read-rules.ts';
import type { LifecycleRule, LifecycleView } from './schema.ts';

/**
 * Replaces the rules of a library in its bucket's document and keeps those of others. The store is asked again afterwards: what is
 * answered, audited and kept in the history is what it holds now, since some stores drop what they do not know.
 *
 * S3 has no condition on this request: between the look and the write somebody else's change could be lost. The time between is
 * one call, and the history holds both sides.
 * @throws AppError version_changed when the document is no longer the one that was edited, invalid_request with the problems,
 *   wrong_state when rules expire current media and the number typed is not theirs, not_supported_by_store, store_unavailable
 */
export async function saveLifecycle(
  actor: Actor,
  input: { library: string; rules: LifecycleRule[]; revision: string; confirmedExpiring?: number | undefined },
): Promise<{ lifecycle: LifecycleView }> {
  const before = await readLifecycle(actor, input.library);
  const { library, stored, context, classes } = before;
  if (!library.capabilities.lifecycle.supported)
    throw new AppError(
      'not_supported_by_store',
      `This store keeps no lifecycle rules. ${library.capabilities.lifecycle.detail}`,
    );
  if (before.revision !== input.revision)
    throw new AppError(
      'version_changed',
      'Somebody changed the rules of the bucket meanwhile. Look at them and save again.',
    );
  const { foreign } = readRules(stored.rules, context);
  requireNoProblems(input.rules, { classes, foreignCount: foreign.length });
  await requireConfirmed(library.id, input);
  await putLifecycle(library.bucket, {
    rules: planDocument(stored.rules, input.rules, context),
    minimumObjectSize: stored.minimumObjectSize,
  });
  const after = await readLifecycle(actor, input.library);
  await recordChange(actor, library.id, stored.rules, after.stored.rules);
  return { lifecycle: lifecycleViewOf(after) };
}

function requireNoProblems(rules: LifecycleRule[], support: Parameters<typeof findRuleProblems>[1]): void {
  const problems = findRuleProblems(rules, support);
  if (problems.length === 0) return;
  throw new AppError('invalid_request', `The rules were not saved. ${problems[0]?.text ?? ''}`, {
    errors: problems.map(({ rule, field, text }) => ({ path: `rules.${rule}.${field}`, message: text })),
  });
}

async function requireConfirmed(
  libraryId: bigint,
  { rules, confirmedExpiring }: { rules: LifecycleRule[]; confirmedExpiring?: number | undefined },
): Promise<void> {
  const expiring = await countExpiringFiles(libraryId, rules);
  if (expiring === 0 || expiring === confirmedExpiring) return;
  throw new AppError(
    'wrong_state',
    `These rules will expire ${expiring.toLocaleString('en-US')} files that are in the library now. Confirm that number to save them.`,
  );
}

async function recordChange(actor: Actor, libraryId: bigint, before: StoredRule[], after: StoredRule[]): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.settingsChange.create({
      data: { userId: actor.userId, libraryId, setting: 'lifecycle', before, after },
    });
    const rules = { rulesBefore: before.length, rulesAfter: after.length };
    await recordAudit(tx, actor, { type: 'lifecycle.changed', ...rules }, { libraryId });
  });
}
