import type { Actor } from '#lib/auth/actor.ts';
import { compileRules } from './compile-rules.ts';
import { countDryRun, type DryRunPart } from './count-dry-run.ts';
import { planDocument } from './plan-document.ts';
import { readLifecycle } from './read-lifecycle.ts';
import type { LifecycleRule } from './schema.ts';

/**
 * Counts what the bucket's document with these rules in it would do, one part of the library after the other, from the index.
 * Foreign rules count too: they compete. Nothing is written, here or at the store.
 * @throws AppError not_found, forbidden, store_unavailable, invalid_request (cursor)
 */
export async function dryRunLifecycle(
  actor: Actor,
  input: { library: string; rules: LifecycleRule[]; cursor?: string | undefined },
): Promise<DryRunPart> {
  const { library, stored, context, minimumSize } = await readLifecycle(actor, input.library);
  const rules = compileRules(planDocument(stored.rules, input.rules, context));
  return countDryRun(library, rules, { cursor: input.cursor, minimumSize });
}
