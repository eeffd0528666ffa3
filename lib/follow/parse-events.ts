import * as z from 'zod';
import { type EventRecord, eventRecord } from './schema.ts';

/** One thing that happened in a bucket, in our words. It is a hint to look; what is true is asked of the store. */
export type StoreEvent = {
  bucket: string;
  key: string;
  /** Null when the store did not say; "null" for an object older than versioning. */
  versionId: string | null;
  kind: 'created' | 'removed' | 'changed';
  at: Date;
};
export type ParsedEvents = {
  events: StoreEvent[];
  /** Records that change nothing in an index: reads, tags, access lists, S3's test message. */
  ignored: number;
  /** Why something in it could not be understood; one sentence each. */
  unreadable: string[];
};

/** Events that leave versions, order and storage class as they are. MinIO reports tags as a kind of creation (s3-facts 7c). */
const changesNothing =
  /^(s3:)?(ObjectAccessed|ObjectTagging|ObjectAcl|ObjectCreated:Put(Tagging|Retention|LegalHold)|ObjectCreated:DeleteTagging|TestEvent|Replication)/;

/** Records in S3's own shape. Each is judged by itself: a store sends a refused batch again and again. */
export function parseRecords(given: unknown[]): ParsedEvents {
  const readable: EventRecord[] = [];
  const unreadable: string[] = [];
  for (const record of given) {
    const one = eventRecord.safeParse(record);
    if (one.success) readable.push(one.data);
    else unreadable.push('a record has another shape than S3 documents');
  }
  const parsed = toEvents(readable);
  return { ...parsed, unreadable: [...unreadable, ...parsed.unreadable] };
}

function toEvents(records: EventRecord[]): ParsedEvents {
  const parsed: ParsedEvents = { events: [], ignored: 0, unreadable: [] };
  for (const record of records) {
    if (changesNothing.test(record.eventName)) {
      parsed.ignored += 1;
      continue;
    }
    const { bucket, object } = record.s3;
    const at = new Date(record.eventTime);
    const key = decodeForm(object.key);
    if (key === null || `${key}${object.versionId}`.includes('\0') || Number.isNaN(at.getTime())) {
      parsed.unreadable.push(`${record.eventName} has a key, a version or a time that cannot be read`);
      continue;
    }
    parsed.events.push({
      bucket: bucket.name,
      key,
      versionId: object.versionId || null,
      kind: kindOf(record.eventName),
      at,
    });
  }
  return parsed;
}

const plain = z.object({ Records: z.array(z.unknown()) });
const testEvent = z.object({ Event: z.literal('s3:TestEvent') });
const sns = z.object({ Type: z.literal('Notification'), Message: z.string() });
const eventBridge = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.string(),
  time: z.string(),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), 'version-id': z.string().nullish() }),
  }),
});

/**
 * The body of one queue message: S3's own notification, the same wrapped by SNS, or EventBridge's event.
 * Never throws: what cannot be understood is named in `unreadable`, since another try would find the same.
 */
export function parseMessage(body: string): ParsedEvents {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { events: [], ignored: 0, unreadable: ['the message is no JSON'] };
  }
  const wrapped = sns.safeParse(value);
  if (wrapped.success) return parseMessage(wrapped.data.Message);
  if (testEvent.safeParse(value).success) return { events: [], ignored: 1, unreadable: [] };
  const bridged = eventBridge.safeParse(value);
  if (bridged.success) return fromEventBridge(bridged.data);
  const records = plain.safeParse(value);
  if (!records.success) return { events: [], ignored: 0, unreadable: ['the message is no event of S3'] };
  return parseRecords(records.data.Records);
}

/**
 * EventBridge writes the key as it is, S3's notification form-encodes it. Where reading it both ways gives two keys, both are looked
 * at: a look at a key that is not there changes nothing.
 */
function fromEventBridge(event: z.infer<typeof eventBridge>): ParsedEvents {
  const kinds: Record<string, StoreEvent['kind']> = { 'Object Created': 'created', 'Object Deleted': 'removed' };
  const type = event['detail-type'];
  if (/^Object (Tags|ACL|Access)/.test(type)) return { events: [], ignored: 1, unreadable: [] };
  const at = new Date(event.time);
  if (Number.isNaN(at.getTime()))
    return { events: [], ignored: 0, unreadable: [`${type} has a time that cannot be read`] };
  const { bucket, object } = event.detail;
  const keys = new Set([object.key, decodeForm(object.key) ?? object.key]);
  const events = [...keys].map((key) => ({
    bucket: bucket.name,
    key,
    // A version known under one of two keys says nothing about the other.
    versionId: keys.size === 1 ? object['version-id'] || null : null,
    kind: kinds[type] ?? ('changed' as const),
    at,
  }));
  return { events, ignored: 0, unreadable: [] };
}

function kindOf(eventName: string): StoreEvent['kind'] {
  const name = eventName.replace(/^s3:/, '');
  // A delete marker is a new version of its own.
  if (name.startsWith('ObjectCreated:') || name === 'ObjectRemoved:DeleteMarkerCreated') return 'created';
  return name.startsWith('ObjectRemoved:') ? 'removed' : 'changed';
}

/** Null when it is not the encoding of UTF-8 text. */
function decodeForm(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
