import { hashTokenSecret } from '#lib/auth/secrets.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { putNotification } from '#lib/storage/bucket-notifications.ts';
import { checkConnection, noteConnected } from './connect-events.ts';

/**
 * For set-up: makes a bucket that Strata made itself send its events here, and lets the store in with the secret that it was started
 * with. A bucket that was there before is asked and left as it is. Safe to run at every start.
 * @throws AppError store_unavailable when the store does not take the rule
 */
export async function followOwnBucket(libraryId: bigint): Promise<void> {
  const { S3_EVENTS_ARN: targets, S3_EVENTS_TOKEN: secret } = env();
  const library = await requireLibraryById(libraryId);
  if (secret) {
    const token = { secretHash: hashTokenSecret(secret), hint: secret.slice(0, 4) };
    await db().eventToken.upsert({
      where: { libraryId_name: { libraryId, name: 'start' } },
      create: { libraryId, name: 'start', ...token },
      update: token,
    });
  }
  if (targets.length === 0) return;
  const { createdByApp } = await db().library.findUniqueOrThrow({ where: { id: libraryId } });
  if (!createdByApp) return checkConnection(library);
  await putNotification(library.bucket, targets, library.rootPrefix);
  await noteConnected(db(), libraryId, targets, true);
}
