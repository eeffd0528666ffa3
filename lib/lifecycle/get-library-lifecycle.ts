import type { Actor } from '#lib/auth/actor.ts';
import { prefixOf } from './compile-rules.ts';
import { type LifecycleState, readLifecycle } from './read-lifecycle.ts';
import { readRules } from './read-rules.ts';
import type { LifecycleView } from './schema.ts';
import { transitionClasses } from './storage-classes.ts';

/** The rules of a library as the store holds them now. @throws AppError not_found, forbidden, store_unavailable */
export async function getLibraryLifecycle(
  actor: Actor,
  input: { library: string },
): Promise<{ lifecycle: LifecycleView }> {
  return { lifecycle: lifecycleViewOf(await readLifecycle(actor, input.library)) };
}

export function lifecycleViewOf({
  library,
  stored,
  context,
  classes,
  minimumSize,
  revision,
}: LifecycleState): LifecycleView {
  const { own, foreign } = readRules(stored.rules, context);
  const { lifecycle } = library.capabilities;
  return {
    rules: own,
    foreign: foreign.map((rule) => ({
      id: rule.ID ?? '',
      prefix: prefixOf(rule),
      enabled: rule.Status === 'Enabled',
      document: rule,
    })),
    document: stored.rules,
    revision,
    unsupportedReason: lifecycle.supported ? null : `This store keeps no lifecycle rules. ${lifecycle.detail}`,
    classes: transitionClasses.map((name) => ({ name, supported: classes.includes(name) })),
    abortUploads: context.abortUploads,
    minimumSize,
  };
}
