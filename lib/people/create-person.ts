import { recordAudit } from '#lib/audit/record-audit.ts';
import type { Actor, RoleName } from '#lib/auth/actor.ts';
import { hashPassword } from '#lib/auth/password-hash.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { newPassword } from '#lib/auth/secrets.ts';
import { db } from '#lib/db.ts';
import { isUniqueViolation } from '#lib/db-errors.ts';
import { AppError } from '#lib/errors.ts';
import { putGrant, requireGrantPlace } from './add-grant.ts';
import { lockScope, requirePerson, scopeOf } from './change-person.ts';
import { toPersonView } from './find-people.ts';

/**
 * Adds a person with their first grant. Without a password one is made; it is in this answer and nowhere else.
 * @throws AppError forbidden, not_found (library), invalid_path, invalid_request when the e-mail has an account
 */
export async function createPerson(
  actor: Actor,
  input: {
    email: string;
    name: string;
    password?: string | undefined;
    grant: { library: string; prefix: string; role: RoleName };
  },
): Promise<{ person: PersonView; password: string | null }> {
  scopeOf(actor);
  const place = await requireGrantPlace(actor, input.grant);
  const made = input.password === undefined ? newPassword() : null;
  const passwordHash = await hashPassword(input.password ?? (made as string));
  try {
    return await db().$transaction(async (tx) => {
      const scope = await lockScope(tx, actor);
      const { id } = await tx.user.create({
        data: { email: input.email, name: input.name, passwordHash },
        select: { id: true },
      });
      await recordAudit(tx, actor, { type: 'user.created', email: input.email }, { libraryId: place.libraryId });
      await putGrant(tx, actor, { id, email: input.email }, place, scope);
      return { person: toPersonView(await requirePerson(tx, scope, id), scope), password: made };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = 'has an account already';
    throw new AppError('invalid_request', `${input.email} ${message}.`, { errors: [{ path: 'email', message }] });
  }
}
