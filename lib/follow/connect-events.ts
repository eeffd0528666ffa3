import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, type Tx } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { type LibraryContext, requireLibrary } from '#lib/libraries/require-library.ts';
import { hasNotification, putNotification } from '#lib/storage/bucket-notifications.ts';
import { readEventSource } from './get-event-source.ts';
import type { EventSource } from './schema.ts';

/**
 * Makes the bucket send its events to this server, by an admin's click: one rule is added to its notifications, others stay.
 * @throws AppError not_found, forbidden, wrong_state when the server was given no target, store_unavailable when the store refuses
 */
export async function connectEvents(actor: Actor, input: { library: string }): Promise<{ events: EventSource }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const targets = env().S3_EVENTS_ARN;
  if (targets.length === 0) {
    throw new AppError(
      'wrong_state',
      'The server knows no target for events. Give it S3_EVENTS_ARN, or set the webhook up at the store by hand.',
    );
  }
  await putNotification(library.bucket, targets, library.rootPrefix);
  await db().$transaction(async (tx) => {
    await noteConnected(tx, library.id, targets, true);
    const change = { before: '', after: targets.join(',') };
    await tx.settingsChange.create({
      data: { userId: actor.userId, libraryId: library.id, setting: 'events', ...change },
    });
    const fact = { type: 'events.connected' as const, bucket: library.bucket, target: targets.join(',') };
    await recordAudit(tx, actor, fact, { libraryId: library.id });
  });
  return { events: await readEventSource(library) };
}

/** Asks the bucket whether it still sends its events here, and keeps the answer. A store that does not say leaves it as it is. */
export async function checkConnection(library: LibraryContext): Promise<void> {
  const targets = env().S3_EVENTS_ARN;
  if (targets.length === 0) return;
  const connected = await hasNotification(library.bucket, targets, library.rootPrefix);
  // One that was there and is gone: events of before say nothing of now. The next that comes all the same, by another way, counts again.
  const gone = { where: { libraryId: library.id, connected: true }, data: { aliveAt: null } };
  if (!connected) await db().eventFeed.updateMany(gone);
  await noteConnected(db(), library.id, targets, connected);
}

export async function noteConnected(
  tx: Pick<Tx, 'eventFeed'>,
  libraryId: bigint,
  targets: string[],
  connected: boolean,
): Promise<void> {
  const source = targets.some((target) => target.startsWith('arn:minio:')) ? 'webhook' : 'queue';
  const data = connected ? { connected, source } : { connected };
  await tx.eventFeed.upsert({
    where: { libraryId },
    create: { libraryId, ...data },
    update: data,
  });
}
