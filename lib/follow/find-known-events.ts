import { db } from '#lib/db.ts';

/** What is to be done about one key, from all events about it in a batch. */
export type PendingLook = {
  libraryId: bigint;
  key: string;
  path: string;
  at: Date;
  /** The event itself when it is the only one and says enough to be compared with the index. */
  event: { versionId: string; kind: 'created' | 'removed' } | null;
};

type Compared = Pick<PendingLook, 'libraryId' | 'path' | 'event'>;

/**
 * Of single events with a version id, those that tell the index nothing: the version that was made is there, or the one that was removed
 * is known to be gone. Then a look that began after the event has been applied already; our own writes end here.
 */
export async function findKnownEvents<T extends Compared>(looks: T[]): Promise<Set<T>> {
  const compared = looks.filter((look) => look.event !== null);
  if (compared.length === 0) return new Set();
  const rows = await db().$queryRaw<{ at: number }[]>`
    SELECT given."at"::int AS at
    FROM unnest(
      ${compared.map((look) => look.libraryId)}::bigint[], ${compared.map((look) => look.path)}::text[],
      ${compared.map((look) => look.event?.versionId)}::text[],
      ${compared.map((look) => look.event?.kind === 'removed')}::boolean[]
    ) WITH ORDINALITY AS given("libraryId", "path", "versionId", "removed", "at")
    JOIN "Asset" a ON a."libraryId" = given."libraryId" AND a."path" = given."path"
    JOIN "Version" v ON v."assetId" = a."id" AND v."versionId" = given."versionId"
    GROUP BY given."at", given."removed"
    HAVING given."removed" = bool_and(v."removedAt" IS NOT NULL)`;
  return new Set(rows.map((row) => compared[row.at - 1] as T));
}
