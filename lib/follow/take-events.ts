import { createHash } from 'node:crypto';
import { db } from '#lib/db.ts';
import { maxAttempts } from '#lib/jobs/definitions.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { findKnownEvents } from './find-known-events.ts';
import type { StoreEvent } from './parse-events.ts';

export type FeedSource = 'webhook' | 'queue';
export type EventsTaken = { accepted: number; known: number; ignored: number };
/** What is to be done about one key, from all events about it in a batch. */
export type PendingLook = {
  libraryId: bigint;
  key: string;
  path: string;
  at: Date;
  /** The event itself when it is the only one and says enough to be compared with the index. */
  event: { versionId: string; kind: 'created' | 'removed' } | null;
};

/** Seconds that a look waits while an upload of ours holds the key: its own completion will have looked by then. */
const uploadGraceSeconds = 15;

/**
 * Gives every event that changes something a look at its key: one waiting job a key, whatever number of events. Safe late, doubled and
 * out of order, since a job asks the store what is true. Events about what the index shows already end here.
 * @param storeId only libraries of this store; a queue is fed by buckets of the one store that the server has
 */
export async function takeEvents(
  events: StoreEvent[],
  source: FeedSource,
  options: { storeId?: bigint } = {},
): Promise<EventsTaken> {
  if (events.length === 0) return { accepted: 0, known: 0, ignored: 0 };
  const { looks, ignored } = await route(events, options.storeId);
  const known = await findKnownEvents(looks);
  const wanted = looks.filter((look) => !known.has(look));
  await db().$transaction(async (tx) => {
    if (wanted.length > 0) await addLooks(tx, wanted);
    for (const libraryId of new Set(looks.map((look) => look.libraryId))) {
      const own = looks.filter((look) => look.libraryId === libraryId);
      const last = new Date(Math.max(...own.map((look) => look.at.getTime())));
      const knownHere = own.filter((look) => known.has(look)).length;
      await tx.$executeRaw`
        INSERT INTO "EventFeed" AS f ("libraryId", "source", "aliveAt", "lastEventAt", "received", "known")
        VALUES (${libraryId}, ${source}, now(), ${last}, ${own.length}, ${knownHere})
        ON CONFLICT ("libraryId") DO UPDATE SET "source" = EXCLUDED."source", "aliveAt" = now(),
          "lastEventAt" = GREATEST(f."lastEventAt", EXCLUDED."lastEventAt"),
          "received" = f."received" + EXCLUDED."received", "known" = f."known" + EXCLUDED."known"`;
    }
  });
  return { accepted: wanted.length, known: known.size, ignored };
}

/** The libraries that the events are about; a store may send events of buckets that are none of ours. */
async function route(events: StoreEvent[], storeId: bigint | undefined) {
  const libraries = await db().library.findMany({
    where: { bucket: { in: [...new Set(events.map((event) => event.bucket))] }, ...(storeId ? { storeId } : {}) },
    select: { id: true, bucket: true, rootPrefix: true },
  });
  const looks = new Map<string, PendingLook>();
  let ignored = 0;
  for (const { bucket, key, versionId, kind, at } of events) {
    const library = libraries.find((one) => one.bucket === bucket && key.startsWith(one.rootPrefix));
    const path = library ? toPath(library, key) : null;
    if (!library || !path) {
      ignored += 1;
      continue;
    }
    const place = `${library.id} ${key}`;
    const before = looks.get(place);
    // The `null` version changes its content under one id, so its id says nothing.
    const event = versionId && versionId !== 'null' && kind !== 'changed' ? { versionId, kind } : null;
    looks.set(place, {
      libraryId: library.id,
      key,
      path,
      at: before && before.at > at ? before.at : at,
      event: before ? null : event,
    });
  }
  return { looks: [...looks.values()], ignored };
}

/** Name of the one waiting job of a key. A key has up to 1,024 bytes, the name of a job 512 characters. */
export function lookJobKey(libraryId: bigint, key: string): string {
  return `sync-key:${libraryId}:${createHash('sha256').update(key).digest('base64url')}`;
}

/** In order of their job keys, so that two batches with the same keys wait for each other instead of locking each other out. */
async function addLooks(tx: Pick<ReturnType<typeof db>, '$executeRaw'>, looks: PendingLook[]): Promise<void> {
  const jobKeys = looks.map((look) => lookJobKey(look.libraryId, look.key));
  const ids = looks.map((look) => look.libraryId);
  const keys = looks.map((look) => look.key);
  const times = looks.map((look) => look.at.toISOString());
  const events = looks.map((look) => (look.event ? JSON.stringify(look.event) : null));
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('sync-key',
      payload := json_build_object(
        'libraryId', look."libraryId"::text, 'key', look."key", 'eventAt', look."at",
        -- A job that waits already is about an event that this one knows nothing of.
        'event', CASE WHEN EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j."key" = look."jobKey") THEN NULL
                 ELSE look."event"::json END),
      run_at := now() + CASE WHEN EXISTS (
        SELECT 1 FROM "Upload" u WHERE u."libraryId" = look."libraryId" AND u."key" = look."key"
          AND u."state" IN ('reserved', 'uploading', 'completing')
      ) THEN make_interval(secs => ${uploadGraceSeconds}) ELSE interval '0' END,
      job_key := look."jobKey", max_attempts := ${maxAttempts}::int)
    FROM (
      SELECT * FROM unnest(${jobKeys}::text[], ${ids}::bigint[], ${keys}::text[], ${times}::text[], ${events}::text[])
        AS given("jobKey", "libraryId", "key", "at", "event")
      ORDER BY "jobKey"
    ) look`;
}
