import { db } from '#lib/db.ts';
import type { InspectedVersion } from '#lib/jobs/definitions.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { operationStep } from '#lib/operations/steps.ts';
import { NULL_VERSION } from '#lib/storage/objects.ts';

export type InspectedSource = { key: string; versionId: string; etag: string };
/** `isSure`: the journal names this very version as made from that one, whose bytes cannot have changed. Otherwise the bytes must be compared. */
export type CopiedFrom = InspectedSource & { isSure: boolean };

/** Operations of one place that are looked through; more of them without a match is a place that is not worth the search. */
const mostSearched = 5;

/**
 * What a move, a copy or a restore of ours made this version from, by the journal. The job may run before the item is journaled as done: then
 * the item has no version yet, and says what it meant to do only.
 */
export async function findCopiedFrom(library: LibraryContext, job: InspectedVersion): Promise<CopiedFrom[]> {
  const rows = await db().$queryRaw<{ step: unknown; isMade: boolean }[]>`
    SELECT i."step", i."versionId" IS NOT NULL AND i."state" = 'done' AS "isMade" FROM "OperationItem" i JOIN "Operation" o ON o."id" = i."operationId"
    WHERE i."key" = ${job.key} AND o."libraryId" = ${library.id} AND i."state" <> 'pending'
      AND (i."versionId" = ${job.versionId} OR i."versionId" IS NULL)
      AND i."step"->>'kind' IN ('copy-to', 'copy-up', 'reencrypt')
    ORDER BY i."versionId" NULLS LAST, i."operationId" DESC LIMIT ${mostSearched}`;
  return rows.flatMap(({ step, isMade }) => {
    const { key, seen } = sourceOf(library, job.key, operationStep.parse(step));
    if (!seen?.etag) return [];
    const { versionId, etag } = seen;
    // The `null` version may have changed between the look at it and the copy.
    return [{ key, versionId, etag, isSure: isMade && versionId !== NULL_VERSION && job.versionId !== NULL_VERSION }];
  });
}

/** The same for many versions, of which the journal is sure: what it names as made, and from what. */
export async function findMadeFrom(
  library: LibraryContext,
  versions: InspectedSource[],
): Promise<{ version: InspectedSource; source: CopiedFrom }[]> {
  const rows = await db().$queryRaw<{ at: number; step: unknown }[]>`
    SELECT DISTINCT ON (g."at") g."at"::int AS "at", i."step"
    FROM unnest(${versions.map(({ key }) => key)}::text[], ${versions.map(({ versionId }) => versionId)}::text[])
      WITH ORDINALITY AS g("key", "versionId", "at")
    JOIN "OperationItem" i ON i."key" = g."key" AND i."versionId" = g."versionId" AND i."state" = 'done'
      AND i."step"->>'kind' IN ('copy-to', 'copy-up', 'reencrypt')
    JOIN "Operation" o ON o."id" = i."operationId" AND o."libraryId" = ${library.id}
    ORDER BY g."at", i."operationId" DESC`;
  return rows.flatMap(({ at, step }) => {
    const version = versions[at - 1] as InspectedSource;
    const { key, seen } = sourceOf(library, version.key, operationStep.parse(step));
    if (!seen?.etag || seen.versionId === NULL_VERSION || version.versionId === NULL_VERSION) return [];
    return [{ version, source: { key, versionId: seen.versionId, etag: seen.etag, isSure: true } }];
  });
}

function sourceOf(library: LibraryContext, own: string, step: ReturnType<typeof operationStep.parse>) {
  if (step.kind === 'copy-to') return { key: toKey(library, step.from), seen: step.source };
  if (step.kind === 'copy-up') return { key: own, seen: step.source };
  return { key: own, seen: step.kind === 'reencrypt' ? step.expect : null };
}
