import { PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { newTokenSecret } from '#lib/auth/secrets.ts';
import { closeDb, db } from '#lib/db.ts';
import { checkDrift } from '#lib/indexing/drift/check-drift.ts';
import { hasNotification } from '#lib/storage/bucket-notifications.ts';
import { putBytes, putDeleteMarker } from '#lib/storage/objects.ts';
import { testFiles } from '#scripts/testing/files.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { applyEvent } from './apply-event.ts';
import { connectEvents } from './connect-events.ts';
import { getEventSource } from './get-event-source.ts';
import { rotateEventToken } from './rotate-event-token.ts';
import { lookJobKey } from './take-events.ts';

const appUrl = String(process.env.APP_URL);
let test: TestLibrary;
let admin: Actor;
beforeAll(async () => {
  test = await makeTestLibrary();
  admin = await test.makeActor();
});
afterAll(async () => {
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs WHERE key LIKE ${`sync-key:${test.library.id}:%`}`;
  await test.remove();
  await closeDb();
});

const slug = () => test.library.slug;
async function send(secret: string, body: unknown, library = slug()): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${appUrl}/api/v1/events/${library}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}
/** The payload of the waiting job of a key, once it is there: MinIO sends after it has answered. */
async function untilReported(key: string) {
  let found: { payload: Parameters<typeof applyEvent>[0] }[] = [];
  await expect
    .poll(
      async () => {
        found = await db().$queryRaw`
          SELECT payload FROM graphile_worker._private_jobs WHERE key = ${lookJobKey(test.library.id, key)}`;
        return found.length;
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  return found[0]?.payload as Parameters<typeof applyEvent>[0];
}
/** Does what a worker does with each job of the key until the asset is so; an event comes twice (scripts/services/minio.mjs). */
async function untilApplied(key: string, wanted: object): Promise<void> {
  const where = { libraryId_path: { libraryId: test.library.id, path: key } };
  await expect
    .poll(
      async () => {
        const jobs = await db().$queryRaw<{ payload: Parameters<typeof applyEvent>[0] }[]>`
          DELETE FROM graphile_worker._private_jobs WHERE key = ${lookJobKey(test.library.id, key)} RETURNING payload`;
        for (const { payload } of jobs) await applyEvent(payload);
        return db().asset.findUnique({ where });
      },
      { timeout: 20_000 },
    )
    .toMatchObject(wanted);
}

describe('the webhook', () => {
  it('lets in the newest token of the library and nobody else', async () => {
    const old = await rotateEventToken(admin, { library: slug() });
    expect(await send(old.secret, { Records: [] })).toMatchObject({ status: 200 });
    const { secret, webhookUrl } = await rotateEventToken(admin, { library: slug() });
    expect(webhookUrl).toBe(`${appUrl}/api/v1/events/${slug()}`);
    expect(await send(secret, { Records: [] })).toEqual({
      status: 200,
      body: { accepted: 0, known: 0, ignored: 0 },
    });
    for (const wrong of [old.secret, newTokenSecret().secret])
      expect((await send(wrong, { Records: [] })).status).toBe(401);
    expect((await send(secret, { Records: [] }, 'no-such-library')).status).toBe(401);
    const stored = await db().eventToken.findMany({ where: { libraryId: test.library.id } });
    expect(stored.map((row) => Buffer.from(row.secretHash).includes(secret))).toEqual([false]);
    expect((await getEventSource(admin, { library: slug() })).events.token?.hint).toBe(secret.slice(0, 11));
  });

  it('takes what it understands of a batch and refuses none of it', async () => {
    const { secret } = await rotateEventToken(admin, { library: slug() });
    const record = {
      eventName: 's3:ObjectCreated:Put',
      eventTime: new Date().toISOString(),
      s3: { bucket: { name: test.library.bucket }, object: { key: 'by+hand.txt', versionId: 'v' } },
    };
    const foreign = { ...record, s3: { ...record.s3, bucket: { name: 'not-ours' } } };
    expect(await send(secret, { Records: [record, foreign, { eventName: 1 }] })).toEqual({
      status: 200,
      body: { accepted: 1, known: 0, ignored: 2 },
    });
    expect(await untilReported('by hand.txt')).toMatchObject({ key: 'by hand.txt' });
  });

  it('is for admins to set up', async () => {
    const viewer = await test.makeActor([{ prefix: '', role: 'viewer' }]);
    await expect(rotateEventToken(viewer, { library: slug() })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(connectEvents(viewer, { library: slug() })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(getEventSource(viewer, { library: slug() })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a connected bucket', () => {
  it('reports by itself what happens in it, by the store of this test run', async () => {
    const { events } = await connectEvents(admin, { library: slug() });
    expect(events).toMatchObject({ connected: true, canConnect: true, source: 'webhook' });
    const targets = String(process.env.S3_EVENTS_ARN).split(',');
    expect(await hasNotification(test.library.bucket, targets, '')).toBe(true);
    expect(await hasNotification(test.library.bucket, ['arn:minio:sqs::OTHER:webhook'], '')).toBe(false);
    // Again is no second rule.
    await connectEvents(admin, { library: slug() });

    const ref = { bucket: test.library.bucket, key: 'folder/by other tool+1.txt' };
    const { versionId } = await putBytes(ref, Buffer.from('hello'), 'text/plain');
    expect(await untilReported(ref.key)).toMatchObject({ key: ref.key, event: { versionId, kind: 'created' } });
    await untilApplied(ref.key, { state: 'live', versionId });
    await putDeleteMarker(ref);
    await untilApplied(ref.key, { state: 'trashed' });
    const audits = await db().auditEvent.findMany({ where: { libraryId: test.library.id, type: 'events.connected' } });
    expect(audits).toHaveLength(2);
  });

  it('is not said to be followed any more once somebody took the rule away, from the next look on', async () => {
    const { events: before } = await getEventSource(admin, { library: slug() });
    expect(before).toMatchObject({ connected: true, lagSeconds: expect.any(Number) });
    await testFiles(test).client.send(
      new PutBucketNotificationConfigurationCommand({ Bucket: test.library.bucket, NotificationConfiguration: {} }),
    );
    await checkDrift(admin, { library: slug() });
    expect((await getEventSource(admin, { library: slug() })).events).toMatchObject({
      connected: false,
      lagSeconds: null,
    });
  });
});
