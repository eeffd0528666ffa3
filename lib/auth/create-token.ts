import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import type { Actor } from './actor.ts';
import { homeLibrary } from './home-library.ts';
import { tokenFields, toTokenView } from './list-tokens.ts';
import type { NewTokenView } from './schema.ts';
import { newTokenSecret } from './secrets.ts';

/** Keeps the list readable and complete in one answer; nobody runs so many programs. */
export const maxTokens = 100;

/**
 * Makes an API token that acts as the caller, with the caller's grants of the day. Only the SHA-256 of the secret is kept.
 * @throws AppError invalid_request when it would be over before it began, wrong_state at `maxTokens`
 */
export async function createToken(
  actor: Actor,
  input: { name: string; expiresAt?: string | null | undefined },
): Promise<{ token: NewTokenView }> {
  const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw new AppError('invalid_request', 'expiresAt: is in the past', {
      errors: [{ path: 'expiresAt', message: 'is in the past' }],
    });
  }
  const { secret, hash, hint } = newTokenSecret();
  return db().$transaction(async (tx) => {
    if ((await tx.apiToken.count({ where: { userId: actor.userId, revokedAt: null } })) >= maxTokens) {
      throw new AppError('wrong_state', `You have ${maxTokens} tokens. Revoke one that is not used any more.`);
    }
    const row = await tx.apiToken.create({
      data: { userId: actor.userId, name: input.name, secretHash: hash, hint, expiresAt },
      select: tokenFields,
    });
    await recordAudit(tx, actor, { type: 'token.created', name: input.name }, { libraryId: homeLibrary(actor) });
    return { token: { ...toTokenView(row), secret } };
  });
}
