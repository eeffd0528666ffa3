import { recordAudit } from '#lib/audit/record-audit.ts';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { requirePrices } from '#lib/cost/require-prices.ts';
import { db, Prisma } from '#lib/db.ts';
import type { JobPayloads } from '#lib/jobs/definitions.ts';
import { type LibraryContext, requireLibrary, requireLibraryById } from '#lib/libraries/require-library.ts';
import { archivedClasses } from './find-inspected.ts';
import { findUnread, isUnread, joinInspected } from './find-unread.ts';
import { continueAfter, inspectBatch, inspectionBatch } from './inspect-in-batches.ts';
import { planPreparation } from './plan-preparation.ts';
import type { Preparation } from './schema.ts';

/**
 * What it would take to have a picture of every file of a library before anybody looks at it, and what that costs. Changes nothing.
 * @throws AppError not_found, forbidden
 */
export async function estimatePreparation(
  actor: Actor,
  input: { library: string },
): Promise<{ plan: Preparation; ownPrices: boolean }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  return estimate(library);
}

/**
 * Has every file inspected that nobody looked into yet, in the background and after everything else.
 * @returns the plan that holds now
 * @throws AppError not_found, forbidden
 */
export async function prepareRenditions(actor: Actor, input: { library: string }): Promise<{ plan: Preparation }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  const { plan } = await estimate(library);
  const { files, bytes, estimated } = plan;
  if (files === 0 && !estimated) return { plan };
  await db().$transaction(async (tx) => {
    await continueAfter(tx, 'prepare-renditions', String(library.id), 0n);
    await recordAudit(tx, actor, { type: 'renditions.prepared', files, bytes, estimated }, { libraryId: library.id });
  });
  return { plan };
}

async function estimate({ id }: LibraryContext): Promise<{ plan: Preparation; ownPrices: boolean }> {
  const [{ unread, estimated }, { prices, own }] = await Promise.all([findUnread(id), requirePrices(id)]);
  return { plan: planPreparation(unread, prices, estimated), ownPrices: own };
}

/** One batch of it, as a job: of the next files those that nobody looked into, be there one or none. */
export async function prepareBatch({ libraryId, after }: JobPayloads['prepare-renditions']): Promise<void> {
  const library = await requireLibraryById(BigInt(libraryId));
  const next = Prisma.sql`
    SELECT * FROM "Asset" a WHERE a."libraryId" = ${library.id} AND a."state" = 'live' AND a."id" > ${BigInt(after)}
    ORDER BY a."id" LIMIT ${inspectionBatch}`;
  const [end] = await db().$queryRaw<{ last: bigint | null }[]>`SELECT max("id") AS "last" FROM (${next}) batch`;
  if (!end?.last) return;
  const rows = await db().$queryRaw<{ id: bigint; path: string; versionId: string; etag: string }[]>`
    SELECT a."id", a."path", a."versionId", a."etag" FROM (${next}) a ${joinInspected}
    WHERE ${isUnread} AND NOT a."storageClass" = ANY(${archivedClasses}) ORDER BY a."id"`;
  await inspectBatch('prepare-renditions', library, rows, end.last);
}
