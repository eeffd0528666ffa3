import type * as z from 'zod';
import type { GuardrailId } from '../guardrails.ts';
import type { ProbeOutcome } from '../plan-guardrail.ts';
import type { GuardrailPlan, GuardrailWorld } from '../plan-types.ts';
import type { browserProbe, ProbeStep } from '../schema.ts';
import { probeCors } from './probe-cors.ts';
import { makeProbeKit, type ProbeKit } from './probe-kit.ts';
import { probeOwnRights } from './probe-own-rights.ts';
import {
  probeAnonymous,
  probeDefaultEncryption,
  probeLinkAge,
  probeOwnership,
  probeVersioning,
  probeWrongEncryption,
} from './probe-settings.ts';
import { probeTls } from './probe-tls.ts';
import type { OwnUploads } from './probe-uploads.ts';

export type Probed = { outcome: ProbeOutcome; steps: ProbeStep[]; uploads: OwnUploads | null };

/**
 * Tries whether a guardrail holds, in the library's own bucket. What the store does is the finding; a fault of ours or a store that is away
 * makes it unknown and says why.
 */
export async function probeGuardrail(
  id: GuardrailId,
  plan: Pick<GuardrailPlan, 'set'>,
  world: GuardrailWorld,
  browser?: z.infer<typeof browserProbe> | undefined,
): Promise<Probed> {
  const kit = makeProbeKit(world.bucket);
  let uploads: OwnUploads | null = null;
  try {
    uploads = await carryOut(id, plan, world, kit, browser);
  } catch (error) {
    kit.step(null, `The probe could not be finished. ${(error as Error).message}`, { request: '', ms: 0 });
    await cleanUp(kit);
    return { outcome: 'unknown', steps: kit.steps, uploads };
  }
  await cleanUp(kit);
  return { outcome: outcomeOf(kit.steps), steps: kit.steps, uploads };
}

/** What a probe found stands, whether or not its few bytes could be removed; that they stay is said. */
async function cleanUp(kit: ProbeKit): Promise<void> {
  try {
    await kit.clean();
  } catch (error) {
    const text = `What the probe wrote under .strata-probe/ could not be removed. ${(error as Error).message}`;
    kit.step(null, text, { request: '', ms: 0 });
  }
}

async function carryOut(
  id: GuardrailId,
  plan: Pick<GuardrailPlan, 'set'>,
  world: GuardrailWorld,
  kit: ProbeKit,
  browser: z.infer<typeof browserProbe> | undefined,
): Promise<OwnUploads | null> {
  switch (id) {
    case 'own-rights':
      return probeOwnRights(kit, world.wanted);
    case 'versioning':
      await probeVersioning(kit);
      return null;
    case 'encryption':
      await probeDefaultEncryption(kit, world.wanted);
      return null;
    case 'wrong-encryption':
      await probeWrongEncryption(kit, world.wanted);
      return null;
    case 'tls':
      await probeTls(kit);
      return null;
    case 'anonymous':
      await probeAnonymous(kit);
      return null;
    case 'ownership':
      await probeOwnership(kit);
      return null;
    case 'cors':
      await probeCors(kit, world.origin, browser);
      return null;
    case 'link-age':
      await probeLinkAge(kit, world.capabilities.policies?.binds !== 'user');
      return null;
    case 'public-access-block':
    case 'unfinished':
      // Nothing to try: the one acts on what may not be tried, the other after days. The store's word is all there is.
      kit.step(plan.set === true, plan.set ? 'The store says that it is set' : 'The store says that it is not set', {
        request: `GET ${id === 'unfinished' ? '?lifecycle' : '?publicAccessBlock'}`,
        ms: 0,
      });
      return null;
  }
}

function outcomeOf(steps: ProbeStep[]): ProbeOutcome {
  if (steps.some(({ ok }) => ok === false)) return 'answered';
  return steps.some(({ ok }) => ok === true) ? 'held' : 'unknown';
}
