import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { type LibraryContext, requireLibrary } from '#lib/libraries/require-library.ts';
import type { GuardrailId } from './guardrails.ts';
import { runView } from './list-guardrail-runs.ts';
import { namesOf } from './names-of.ts';
import { guardrailWorld } from './read-guardrail-state.ts';
import { readRows } from './read-rows.ts';
import type { GuardrailsView } from './schema.ts';

/** The guardrails of a library as they were last seen. @throws AppError not_found, forbidden */
export async function getGuardrails(actor: Actor, input: { library: string }): Promise<{ guardrails: GuardrailsView }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  return { guardrails: await guardrailsView(actor, library) };
}

/** For who was already let in. */
export async function guardrailsView(actor: Actor, library: LibraryContext): Promise<GuardrailsView> {
  const where = { libraryId: library.id };
  const [rows, run, checked] = await Promise.all([
    readRows(library.id),
    db().guardrailRun.findFirst({ where, orderBy: { id: 'desc' } }),
    db().guardrailRun.findFirst({ where: { ...where, state: 'done', kind: 'check' }, orderBy: { id: 'desc' } }),
  ]);
  return {
    rows,
    checkedAt: checked?.finishedAt?.toISOString() ?? null,
    run: run ? runView(run, actor, await namesOf([run.userId])) : null,
    binding: bindingSentence(library),
    applied: await appliedChanges(library.id),
  };
}

function bindingSentence(library: LibraryContext): string {
  const { browserUrl } = guardrailWorld(library);
  const { host } = new URL(browserUrl);
  switch (library.capabilities.policies?.binds) {
    case 'bucket':
      return `The store at ${host} binds signed links by the bucket’s policy, so Strata writes these rules there.`;
    case 'user':
      return `MinIO at ${host} binds signed links by user policy, so Strata writes these rules there.`;
    default:
      return `It is not known by which policies the store at ${host} binds signed links, so those rules are left out.`;
  }
}

/** The newest change of each guardrail, unless that was taking one back. */
async function appliedChanges(libraryId: bigint): Promise<GuardrailsView['applied']> {
  const rows = await db().settingsChange.findMany({
    where: { libraryId, setting: { startsWith: 'guardrail:' } },
    orderBy: { id: 'desc' },
    distinct: ['setting'],
  });
  const names = await namesOf(rows.map(({ userId }) => userId));
  return rows
    .filter(({ before }) => (before as { type?: string }).type === 'guardrail.applied')
    .map(({ id, at, setting, userId }) => ({
      guardrail: setting.slice('guardrail:'.length) as GuardrailId,
      changeId: String(id),
      at: at.toISOString(),
      by: names.get(userId) ?? 'Somebody who is gone',
    }));
}
