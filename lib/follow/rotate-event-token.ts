import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { newTokenSecret } from '#lib/auth/secrets.ts';
import { db } from '#lib/db.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { webhookUrl } from './get-event-source.ts';

/**
 * A new secret for the webhook of a library, shown this once. The one that an admin made before stops working at once; that of the
 * local store, which `npm start` gave it, stays.
 * @throws AppError not_found, forbidden
 */
export async function rotateEventToken(
  actor: Actor,
  input: { library: string },
): Promise<{ secret: string; webhookUrl: string }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const { secret, hash, hint } = newTokenSecret();
  await db().$transaction(async (tx) => {
    await tx.eventToken.upsert({
      where: { libraryId_name: { libraryId: library.id, name: 'admin' } },
      create: { libraryId: library.id, name: 'admin', secretHash: hash, hint },
      update: { secretHash: hash, hint, createdAt: new Date() },
    });
    await recordAudit(tx, actor, { type: 'events.token-rotated', bucket: library.bucket }, { libraryId: library.id });
  });
  return { secret, webhookUrl: webhookUrl(library.slug) };
}
