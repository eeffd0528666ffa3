import type { GuardrailId } from './guardrails.ts';
import { planVerdict } from './plan-guardrail.ts';
import type { GuardrailPlan } from './plan-types.ts';
import { revisionOf } from './revision-of.ts';
import type { GuardrailRow } from './schema.ts';

/**
 * One guardrail as it is told and kept. Pure.
 * @param before the row of the run before, for what was not probed again and for telling drift
 * @param probe null: not probed in this run
 * @param isCheck only a look can find drift; a change is meant
 */
export function makeRow(
  id: GuardrailId,
  plan: GuardrailPlan,
  before: GuardrailRow | undefined,
  probe: GuardrailRow['probe'],
  isCheck: boolean,
): GuardrailRow {
  const kept = probe ?? before?.probe ?? null;
  const verdict = planVerdict(plan, plan.unsupported === null ? (kept?.outcome ?? null) : null);
  return {
    id,
    verdict,
    unsupported: plan.unsupported,
    probe: plan.unsupported === null ? kept : null,
    change: plan.change ? { ...plan.change, revision: revisionOf(plan.change.documents) } : null,
    danger: plan.danger,
    manual: plan.manual,
    limit: plan.unsupported === null ? (plan.limit ?? null) : null,
    driftedAt: driftOf(verdict, before, isCheck),
  };
}

function driftOf(verdict: GuardrailRow['verdict'], before: GuardrailRow | undefined, isCheck: boolean): string | null {
  if (verdict !== 'fail' || !before) return null;
  if (before.verdict === 'fail') return before.driftedAt;
  return before.verdict === 'pass' && isCheck ? new Date().toISOString() : null;
}
