import { db } from '#lib/db.ts';
import { log } from '#lib/log.ts';
import { deleteMessages, receiveMessages } from '#lib/storage/event-queue.ts';
import { parseMessage } from './parse-events.ts';
import { takeEvents } from './take-events.ts';

/**
 * One round of the queue: waits up to 20 s for messages, gives their events a look each, and only then takes them out. Several workers
 * may do so at once. A message that cannot be read is logged and taken out, since it would come again for ever.
 * @returns how many messages came
 * @throws AppError store_unavailable, database_unavailable: the messages come again
 */
export async function consumeQueue(queueUrl: string, signal: AbortSignal): Promise<number> {
  const messages = await receiveMessages(queueUrl, signal);
  const parsed = messages.map((message) => parseMessage(message.body));
  for (const reason of parsed.flatMap(({ unreadable }) => unreadable)) {
    log().warn({ reason }, 'a message in the queue of events was not understood');
  }
  await takeEvents(
    parsed.flatMap(({ events }) => events),
    'queue',
  );
  // That the queue answered is a fact even while nothing happens in the buckets.
  await db().eventFeed.updateMany({ where: { source: 'queue' }, data: { aliveAt: new Date() } });
  await deleteMessages(queueUrl, messages);
  return messages.length;
}
