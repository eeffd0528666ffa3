import * as z from 'zod';
import { isoTime } from '#lib/libraries/schema.ts';

/** What is read of one record of S3's event notification; MinIO's webhook and AWS have the same shape. The rest is let through. */
export const eventRecord = z.object({
  eventName: z.string().max(100),
  eventTime: z.string().max(40),
  s3: z.object({
    bucket: z.object({ name: z.string().max(255) }),
    /** The key is form-encoded: `a+b%2Bc` (s3-facts 7c). */
    object: z.object({ key: z.string().max(8_192), versionId: z.string().max(1_024).nullish() }),
  }),
});
export type EventRecord = z.infer<typeof eventRecord>;

export const eventsTaken = z.object({
  /** Events that led to a look at the store, or will. */
  accepted: z.number().int(),
  /** Events about what the index shows already, mostly writes of Strata itself. */
  known: z.number().int(),
  /** Events that change nothing here: another bucket, a read, a tag. */
  ignored: z.number().int(),
});

export const eventSource = z.object({
  /** Where the last event came from; null: none has ever come. */
  source: z.enum(['webhook', 'queue']).nullable(),
  /** The bucket's own configuration sends its events here. */
  connected: z.boolean(),
  /** Whether this server knows a target that a bucket's events can be sent to, so that it can connect it itself. */
  canConnect: z.boolean(),
  /** The server takes events from a queue, so the address and token are not needed. */
  queue: z.boolean(),
  /** Address for the webhook of a store. */
  webhookUrl: z.string(),
  token: z.object({ hint: z.string(), createdAt: isoTime }).nullable(),
  lastEventAt: isoTime.nullable(),
  lagSeconds: z.number().nullable(),
  waiting: z.number().int(),
  received: z.number().int(),
  known: z.number().int(),
});
export type EventSource = z.infer<typeof eventSource>;
