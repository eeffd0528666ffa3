import { createHash } from 'node:crypto';
import { db } from '#lib/db.ts';
import { maxAttempts } from '#lib/jobs/definitions.ts';
import { toPath } from '#lib/libraries/layout.ts';
import { PROBE_PREFIX } from '#lib/storage/probe-prefix.ts';
import { findKnownEvents, type PendingLook } from './find-known-events.ts';
import type { StoreEvent } from './parse-events.ts';

export type FeedSource = 'webhook' | 'queue';
export type EventsTaken = { accepted: number; known: number; ignored: number };

/** What becomes of an event: its key is looked at, the index shows it already, or it concerns no library. */
export type EventOutcome = keyof EventsTaken;

/**
 * Seconds that a look waits while an upload of ours holds the key: its own completion will have looked by then. This wait is on purpose, so
 * the index is not late with the key before it is over.
 */
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
  return countOutcomes(await judgeEvents(events, source, options));
}

export function countOutcomes(outcomes: EventOutcome[]): EventsTaken {
  const taken = { accepted: 0, known: 0, ignored: 0 };
  for (const outcome of outcomes) taken[outcome] += 1;
  return taken;
}

/** `takeEvents`, with what became of each event, in their order. */
export async function judgeEvents(
  events: StoreEvent[],
  source: FeedSource,
  options: { storeId?: bigint } = {},
): Promise<EventOutcome[]> {
  if (events.length === 0) return [];
  const lookOf = await route(events, options.storeId);
  const looks = [...new Set(lookOf.filter((look) => look !== null))];
  const known = await findKnownEvents(looks);
  const wanted = looks.filter((look) => !known.has(look));
  const note = async (tx: Pick<ReturnType<typeof db>, '$executeRaw'>) => {
    for (const libraryId of new Set(looks.map((look) => look.libraryId))) {
      const own = looks.filter((look) => look.libraryId === libraryId);
      await noteReceived(tx, source, own, own.filter((look) => known.has(look)).length);
    }
  };
  if (wanted.length === 0) await note(db());
  else {
    await db().$transaction(async (tx) => {
      await addLooks(tx, wanted);
      await note(tx);
    });
  }
  return lookOf.map((look) => (look === null ? 'ignored' : known.has(look) ? 'known' : 'accepted'));
}

async function noteReceived(
  tx: Pick<ReturnType<typeof db>, '$executeRaw'>,
  source: FeedSource,
  looks: PendingLook[],
  known: number,
): Promise<void> {
  const last = new Date(Math.max(...looks.map((look) => look.at.getTime())));
  await tx.$executeRaw`
    INSERT INTO "EventFeed" AS f ("libraryId", "source", "aliveAt", "lastEventAt", "received", "known")
    VALUES (${looks[0]?.libraryId}, ${source}, now(), ${last}, ${looks.length}, ${known})
    ON CONFLICT ("libraryId") DO UPDATE SET "source" = EXCLUDED."source", "aliveAt" = now(),
      "lastEventAt" = GREATEST(f."lastEventAt", EXCLUDED."lastEventAt"),
      "received" = f."received" + EXCLUDED."received", "known" = f."known" + EXCLUDED."known"`;
}

/** The look that each event asks for, one a key; null for events of buckets that are none of ours. */
async function route(events: StoreEvent[], storeId: bigint | undefined): Promise<(PendingLook | null)[]> {
  const libraries = await db().library.findMany({
    where: {
      removedAt: null,
      bucket: { in: [...new Set(events.map((event) => event.bucket))] },
      ...(storeId ? { storeId } : {}),
    },
    select: { id: true, bucket: true, rootPrefix: true },
  });
  const looks = new Map<string, PendingLook>();
  return events.map(({ bucket, key, versionId, kind, at }) => {
    const library = libraries.find((one) => one.bucket === bucket && key.startsWith(one.rootPrefix));
    const path = library ? toPath(library, key) : null;
    if (!library || !path || key.startsWith(PROBE_PREFIX)) return null;
    const place = `${library.id} ${key}`;
    // The `null` version changes its content under one id, so its id says nothing.
    const event = versionId && versionId !== 'null' && kind !== 'changed' ? { versionId, kind } : null;
    const look = looks.get(place);
    if (look) {
      if (at > look.at) look.at = at;
      if (look.event?.versionId !== event?.versionId || look.event?.kind !== event?.kind) look.event = null;
      return look;
    }
    const made = { libraryId: library.id, key, path, at, event };
    looks.set(place, made);
    return made;
  });
}

/** Name of the one waiting job of a key. A key has up to 1,024 bytes, the name of a job 512 characters. */
export function lookJobKey(libraryId: bigint, key: string): string {
  return `sync-key:${libraryId}:${createHash('sha256').update(key).digest('base64url')}`;
}

/**
 * Spares the looks that wait for no other reason than versions which the index has just taken in: our own uploads, whose events came while
 * they were under way. Looks that something else asked for stay. Jobs that somebody else holds are left to them.
 */
export async function dismissLooks(libraryId: bigint, made: { key: string; versionId: string }[]): Promise<void> {
  const jobKeys = made.map((one) => lookJobKey(libraryId, one.key));
  const versionIds = made.map((one) => one.versionId);
  await db().$executeRaw`
    WITH known AS (
      DELETE FROM graphile_worker._private_jobs WHERE "id" IN (
        SELECT j."id" FROM graphile_worker._private_jobs j
        JOIN unnest(${jobKeys}::text[], ${versionIds}::text[]) AS made("jobKey", "versionId") ON made."jobKey" = j."key"
        WHERE j."locked_at" IS NULL AND j."payload" -> 'event' ->> 'versionId' = made."versionId"
          AND j."payload" -> 'event' ->> 'kind' = 'created'
        FOR UPDATE OF j SKIP LOCKED)
      RETURNING 1
    )
    UPDATE "EventFeed" SET "known" = "known" + (SELECT count(*) FROM known)
    WHERE "libraryId" = ${libraryId} AND EXISTS (SELECT 1 FROM known)`;
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
        'libraryId', look."libraryId"::text, 'key', look."key",
        'eventAt', CASE WHEN held."byUs" THEN to_json(held."until") #>> '{}' ELSE look."at" END,
        -- A job that waits already is about an event that this one knows nothing of, unless it is the same event told twice.
        'event', CASE WHEN EXISTS (
                   SELECT 1 FROM graphile_worker._private_jobs j
                   WHERE j."key" = look."jobKey" AND (j."payload" -> 'event')::jsonb IS DISTINCT FROM look."event"::jsonb
                 ) THEN NULL ELSE look."event"::json END),
      run_at := CASE WHEN held."byUs" THEN held."until" ELSE now() END,
      job_key := look."jobKey", max_attempts := ${maxAttempts}::int)
    FROM (
      SELECT * FROM unnest(${jobKeys}::text[], ${ids}::bigint[], ${keys}::text[], ${times}::text[], ${events}::text[])
        AS given("jobKey", "libraryId", "key", "at", "event")
      ORDER BY "jobKey"
    ) look CROSS JOIN LATERAL (
      SELECT now() + make_interval(secs => ${uploadGraceSeconds}) AS "until", EXISTS (
        SELECT 1 FROM "Upload" u WHERE u."libraryId" = look."libraryId" AND u."key" = look."key"
          AND u."state" IN ('reserved', 'uploading', 'completing')) AS "byUs"
    ) held`;
}
