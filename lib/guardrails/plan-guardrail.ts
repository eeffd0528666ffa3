import { identityPolicies } from '#lib/storage/identity-policies.ts';
import type { GuardrailId } from './guardrails.ts';
import { planPolicyGuardrail } from './plan-policy-guardrail.ts';
import { planSettingGuardrail } from './plan-setting-guardrail.ts';
import { type GuardrailPlan, type GuardrailState, type GuardrailWorld, nothing } from './plan-types.ts';

export type Verdict = 'pass' | 'fail' | 'unknown' | 'unsupported';
export type ProbeOutcome = 'held' | 'answered' | 'unknown';

/** What one guardrail needs here: whether it stands, the exact change, what is in its way. Pure. */
export function planGuardrail(id: GuardrailId, state: GuardrailState, world: GuardrailWorld): GuardrailPlan {
  switch (id) {
    case 'tls':
    case 'wrong-encryption':
    case 'anonymous':
      return planPolicyGuardrail(id, state, world);
    case 'link-age':
      return { ...planPolicyGuardrail(id, state, world), ...limitOfLinkAge(world) };
    case 'own-rights':
      return planOwnRights(world);
    default:
      return planSettingGuardrail(id, state, world);
  }
}

/** MinIO asks the user's policy about a PUT before it has read the signature, and with it the link's age (cmd/object-handlers.go, PutObjectHandler). */
function limitOfLinkAge({ capabilities }: GuardrailWorld): Pick<GuardrailPlan, 'limit'> {
  if (capabilities.policies?.binds !== 'user') return {};
  return {
    limit:
      'Download links only: this store decides about an upload before it looks at the age of its link. Those that Strata signs live 10 minutes and work once.',
  };
}

/** Only a probe can tell what keys may do; what they should be given is known. */
function planOwnRights({ bucket, capabilities }: GuardrailWorld): GuardrailPlan {
  const document = identityPolicies(bucket, capabilities.product === 'minio' ? 'minio' : 'aws');
  return {
    ...nothing,
    manual: {
      text: 'The least that each key needs in this bucket, for your store’s users or roles. Strata does not change its own rights.',
      command: capabilities.product === 'minio' ? 'mc admin policy create ALIAS POLICY policy.json' : null,
      document,
    },
  };
}

/** A probe is worth more than a document: what was tried and held, holds; what answered, fails, whatever the settings say. Pure. */
export function planVerdict(plan: Pick<GuardrailPlan, 'set' | 'unsupported'>, outcome: ProbeOutcome | null): Verdict {
  if (plan.unsupported !== null) return 'unsupported';
  if (outcome === 'held') return 'pass';
  if (outcome === 'answered' || plan.set === false) return 'fail';
  return 'unknown';
}
