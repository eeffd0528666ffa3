import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import type { Actor } from './actor.ts';
import { homeLibrary } from './home-library.ts';

/** Revokes one of the caller's tokens: the next request with it is refused. @throws AppError not_found, also when it was revoked before */
export async function revokeToken(actor: Actor, input: { id: string }): Promise<{ revoked: boolean }> {
  return db().$transaction(async (tx) => {
    const where = { id: BigInt(input.id), userId: actor.userId, revokedAt: null };
    const token = await tx.apiToken.findFirst({ where, select: { name: true } });
    const { count } = await tx.apiToken.updateMany({ where, data: { revokedAt: new Date() } });
    if (!token || count === 0) throw notFound('The token');
    await recordAudit(tx, actor, { type: 'token.revoked', name: token.name }, { libraryId: homeLibrary(actor) });
    return { revoked: true };
  });
}
