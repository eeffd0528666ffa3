import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor, RoleName } from '#lib/auth/actor.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import type { Tx } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { changePerson, requireNoReason } from './change-person.ts';
import { lastAdminReason, type Scope } from './find-people.ts';
import { planGrantPrefix } from './plan-grant-prefix.ts';

export type GrantPlace = { libraryId: bigint; prefix: string; role: RoleName };

/** The library by slug, which the actor must administer, and the prefix as it is kept. @throws AppError not_found, forbidden, invalid_path */
export async function requireGrantPlace(
  actor: Actor,
  input: { library: string; prefix: string; role: RoleName },
): Promise<GrantPlace> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const limits = { rootPrefix: library.rootPrefix, maxSegmentBytes: library.capabilities.maxSegmentBytes ?? null };
  return { libraryId: library.id, prefix: planGrantPrefix(input.prefix, limits), role: input.role };
}

/** Writes a grant over the one on the same place, with its audit; the same role again changes nothing. */
export async function putGrant(
  tx: Tx,
  actor: Actor,
  person: { id: bigint; email: string },
  { role, ...place }: GrantPlace,
  scope: Scope,
): Promise<void> {
  if (!scope.libraryIds.includes(place.libraryId))
    throw new AppError('forbidden', 'This needs the role admin on the whole library.');
  const where = { userId_libraryId_prefix: { userId: person.id, ...place } };
  const before = await tx.grant.findUnique({ where, select: { role: true } });
  if (before?.role === role) return;
  await tx.grant.upsert({ where, create: { userId: person.id, ...place, role }, update: { role } });
  const context = { libraryId: place.libraryId, path: place.prefix };
  const fact = { email: person.email, prefix: place.prefix };
  if (before) await recordAudit(tx, actor, { type: 'grant.removed', ...fact, role: before.role }, context);
  await recordAudit(tx, actor, { type: 'grant.added', ...fact, role }, context);
}

/**
 * Grants a role on a folder, or on the whole library with prefix "". A grant on the same folder is replaced.
 * @throws AppError not_found, forbidden, invalid_path; wrong_state when the library would lose its last admin
 */
export async function addGrant(
  actor: Actor,
  input: { id: string; library: string; prefix: string; role: RoleName },
): Promise<{ person: PersonView }> {
  const place = await requireGrantPlace(actor, input);
  return changePerson(actor, input.id, async (tx, person, scope) => {
    const weakened = person.grants.some(
      (grant) => grant.lastAdmin && grant.library === input.library && place.prefix === '' && place.role !== 'admin',
    );
    if (weakened) requireNoReason(lastAdminReason(person, ['this library']));
    await putGrant(tx, actor, person, place, scope);
  });
}
