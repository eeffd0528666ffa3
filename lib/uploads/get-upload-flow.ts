import { safeNumber } from '#lib/assets/safe-number.ts';
import { hasRole } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { notFound } from '#lib/errors.ts';
import { type FlowCall, planFlow } from './plan-flow.ts';
import type { UploadFlow } from './schema.ts';

/**
 * Where the bytes of one upload went: each step of its handshake, through the app or straight to the store, and the same for the whole day in
 * the library. Calls are kept for a week.
 * @throws AppError not_found for an upload that is unknown, or of a path that is not yours to see
 */
export async function getUploadFlow(actor: Actor, input: { id: string }): Promise<{ flow: UploadFlow }> {
  const upload = await db().upload.findUnique({
    where: { id: input.id },
    include: { library: { select: { slug: true } } },
  });
  if (!upload || !hasRole(actor, upload.libraryId, upload.path, 'viewer')) throw notFound('The upload');
  const [calls, arrived, day] = await Promise.all([
    db().$queryRaw<FlowCall[]>`
      SELECT "at", "step", cardinality("uploadIds") AS "files", "requestBytes", "responseBytes", "ms" FROM "UploadCall"
      WHERE "libraryId" = ${upload.libraryId} AND "at" >= ${upload.createdAt}::timestamptz - interval '1 minute'
        AND ${upload.id}::uuid = ANY("uploadIds")
      ORDER BY "at", "id"`,
    upload.versionId === null
      ? null
      : db().version.findFirst({
          where: { versionId: upload.versionId, asset: { libraryId: upload.libraryId, path: upload.path } },
          select: { modifiedAt: true },
        }),
    dayOf(upload.libraryId, upload.createdAt),
  ]);
  const size = safeNumber(upload.size);
  const steps = planFlow(calls, { size, arrivedAt: arrived?.modifiedAt ?? null, parts: upload.kind === 'multipart' });
  const sum = (route: 'app' | 'store') =>
    steps.filter((step) => step.route === route).reduce((total, step) => total + step.bytesUp + step.bytesDown, 0);
  return {
    flow: {
      library: upload.library.slug,
      path: upload.path,
      size,
      state: upload.state,
      at: upload.createdAt.toISOString(),
      partCount: upload.partCount,
      steps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
      appBytes: sum('app'),
      storeBytes: sum('store'),
      day,
    },
  };
}

/** Of the day (UTC) of an upload, all of the library. */
async function dayOf(libraryId: bigint, at: Date): Promise<UploadFlow['day']> {
  const from = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
  const to = new Date(from.getTime() + 86_400_000);
  const [row] = await db().$queryRaw<{ app: bigint; calls: bigint; store: bigint; files: bigint }[]>`
    SELECT
      (SELECT coalesce(sum("requestBytes" + "responseBytes"), 0) FROM "UploadCall"
        WHERE "libraryId" = ${libraryId} AND "at" >= ${from} AND "at" < ${to})::bigint AS "app",
      (SELECT count(*) FROM "UploadCall"
        WHERE "libraryId" = ${libraryId} AND "at" >= ${from} AND "at" < ${to})::bigint AS "calls",
      coalesce(sum("size"), 0)::bigint AS "store", count(*)::bigint AS "files"
    FROM "Upload" WHERE "libraryId" = ${libraryId} AND "state" = 'completed' AND "createdAt" >= ${from} AND "createdAt" < ${to}`;
  return {
    date: from.toISOString().slice(0, 10),
    appBytes: Number(row?.app ?? 0),
    calls: Number(row?.calls ?? 0),
    storeBytes: Number(row?.store ?? 0),
    files: Number(row?.files ?? 0),
  };
}
