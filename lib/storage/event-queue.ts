import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { env } from '#lib/env.ts';
import { ownKeys } from './client.ts';
import { toStoreError } from './store-errors.ts';

export type QueueMessage = { receipt: string; body: string };

/** Seconds that the queue holds an empty answer back, its longest: one call every 20 s while nothing happens. */
const WAIT_SECONDS = 20;
/** Messages of one call, the queue's limit. */
const BATCH = 10;

const clients = new Map<string, SQSClient>();

/** By the keys of `app`, else by the SDK's own chain. The address of the queue says where its server is. */
function queueClient(queueUrl: string): SQSClient {
  const endpoint = new URL(queueUrl).origin;
  const known = clients.get(endpoint);
  if (known) return known;
  const credentials = ownKeys('app');
  const client = new SQSClient({
    endpoint,
    region: env().S3_REGION,
    ...(credentials ? { credentials } : {}),
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: (WAIT_SECONDS + 10) * 1000,
      throwOnRequestTimeout: true,
    },
  });
  clients.set(endpoint, client);
  return client;
}

/**
 * Up to 10 messages that wait in the queue; waits up to 20 s for the first. They come again after the queue's visibility timeout
 * unless they are deleted.
 * @throws AppError store_unavailable; the abort's reason when `signal` ended the wait
 */
export async function receiveMessages(queueUrl: string, signal: AbortSignal): Promise<QueueMessage[]> {
  const { Messages = [] } = await callQueue('Reading the queue of events', signal, () =>
    queueClient(queueUrl).send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: BATCH, WaitTimeSeconds: WAIT_SECONDS }),
      { abortSignal: signal },
    ),
  );
  return Messages.map(({ ReceiptHandle = '', Body = '' }) => ({ receipt: ReceiptHandle, body: Body }));
}

/** Takes messages out of the queue. One that could not be deleted comes again, which is harmless. */
export async function deleteMessages(queueUrl: string, messages: QueueMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await callQueue('Emptying the queue of events', null, () =>
    queueClient(queueUrl).send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map(({ receipt }, at) => ({ Id: String(at), ReceiptHandle: receipt })),
      }),
    ),
  );
}

async function callQueue<T>(what: string, signal: AbortSignal | null, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    signal?.throwIfAborted();
    throw toStoreError(cause, what);
  }
}
