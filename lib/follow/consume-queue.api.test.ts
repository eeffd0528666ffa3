import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { makeOwnDatabase, type OwnDatabase } from '#scripts/testing/own-database.ts';
import { noteConnected } from './connect-events.ts';
import { consumeQueue } from './consume-queue.ts';
import { readFeedNow } from './read-feed.ts';

/** The queue is fauxqs, a server from npm that speaks the protocol of SQS and SNS; the client is the SDK's, as on AWS. */
let queue: FauxqsServer;
let queueUrl: string;
let database: OwnDatabase;
let test: TestLibrary;
beforeAll(async () => {
  database = await makeOwnDatabase();
  process.env.DATABASE_URL = database.url;
  test = await makeTestLibrary();
  queue = await startFauxqs({ port: 0, logger: false });
  // The host of the address is a name for a container's network; the server itself is on this machine.
  const made = queue.createQueue('events', { attributes: { VisibilityTimeout: '1' } });
  queueUrl = made.queueUrl.replace(/^https?:\/\/[^/]+/, queue.address);
});
afterAll(async () => {
  await queue.stop();
  await test.remove();
  await closeDb();
  await database.remove();
});

const signal = new AbortController().signal;
const record = (key: string) => ({
  eventName: 'ObjectCreated:Put',
  eventTime: new Date().toISOString(),
  s3: { bucket: { name: test.library.bucket }, object: { key, versionId: 'v' } },
});
const waitingKeys = async () =>
  (
    await database.query<{ key: string }>(`SELECT payload->>'key' AS key FROM graphile_worker._private_jobs ORDER BY 1`)
  ).map((row) => row.key);

it('takes what S3 sent, plain and wrapped, and empties the queue', async () => {
  queue.sendMessage('events', JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'x' }));
  queue.sendMessage('events', JSON.stringify({ Records: [record('plain+name.txt'), record('two.txt')] }));
  queue.sendMessage('events', 'no event at all');
  queue.sendMessage(
    'events',
    JSON.stringify({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      time: new Date().toISOString(),
      detail: { bucket: { name: test.library.bucket }, object: { key: 'bridged name.txt', 'version-id': 'v' } },
    }),
  );
  queue.createTopic('topic');
  queue.subscribe({ topic: 'topic', queue: 'events' });
  queue.publish('topic', JSON.stringify({ Records: [record('by-topic.txt')] }));

  let seen = 0;
  while (seen < 5) seen += await consumeQueue(queueUrl, signal);
  expect(await waitingKeys()).toEqual(['bridged name.txt', 'by-topic.txt', 'plain name.txt', 'two.txt']);
  expect(queue.inspectQueue('events')?.messages).toEqual({ ready: [], delayed: [], inflight: [] });
});

it('leaves the messages in the queue when the database does not take them', async () => {
  queue.sendMessage('events', JSON.stringify({ Records: [record('again.txt')] }));
  await database.query('ALTER TABLE "EventFeed" RENAME TO "EventFeedAway"');
  await expect(consumeQueue(queueUrl, signal)).rejects.toThrow();
  await database.query('ALTER TABLE "EventFeedAway" RENAME TO "EventFeed"');
  expect(await waitingKeys()).not.toContain('again.txt');
  // Its visibility timeout has to pass first.
  while ((await consumeQueue(queueUrl, signal)) === 0);
  expect(await waitingKeys()).toContain('again.txt');
});

it('counts a queue that answers as alive, though nothing came', async () => {
  await database.query(`UPDATE "EventFeed" SET "aliveAt" = NULL`);
  await noteConnected(db(), test.library.id, ['arn:aws:sqs:us-east-1:000000000000:events'], true);
  const stop = new AbortController();
  const round = consumeQueue(queueUrl, stop.signal);
  queue.sendMessage('events', JSON.stringify({ Records: [] }));
  await round;
  expect(await readFeedNow(test.library.id)).toMatchObject({ source: 'queue', aliveAt: expect.any(Date) });
});

it('stops waiting when the worker stops, and says when there is no queue', async () => {
  const stop = new AbortController();
  const round = consumeQueue(queueUrl, stop.signal);
  stop.abort(new Error('stopping'));
  await expect(round).rejects.toThrow('stopping');
  const nobody = consumeQueue('http://127.0.0.1:9/000000000000/events', signal);
  await expect(nobody).rejects.toBeInstanceOf(AppError);
});
