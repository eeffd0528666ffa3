import { randomUUID } from 'node:crypto';
import { db, type Prisma, type Tx } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { log } from '#lib/log.ts';
import type { UploadRow } from './own-uploads.ts';
import { firstLookMs, leaseMs } from './session-times.ts';

/** The right of this process to complete one session. It ends when another process finds it silent for `leaseMs`. */
export type Claim = { id: string; token: string };

/**
 * Takes a session to `completing`, by compare-and-set: an open one, or one whose completion was left by a process that died.
 * @returns null when it is neither
 */
export async function claimUpload(id: string): Promise<{ claim: Claim; upload: UploadRow } | null> {
  const token = randomUUID();
  const claimed = await db().$executeRaw`
    UPDATE "Upload"
    SET "state" = 'completing', "claim" = ${token}::uuid, "lookAt" = now() + make_interval(secs => ${leaseMs / 1000}), "updatedAt" = now()
    WHERE "id" = ${id}::uuid
      AND ("state" IN ('reserved', 'uploading') OR ("state" = 'completing' AND ("lookAt" IS NULL OR "lookAt" <= now())))`;
  if (claimed === 0) return null;
  return { claim: { id, token }, upload: await db().upload.findUniqueOrThrow({ where: { id } }) };
}

/** `claimUpload` for a batch, of open sessions only, under one token. @returns the ids that were claimed */
export async function claimOpenUploads(ids: string[], token: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    UPDATE "Upload"
    SET "state" = 'completing', "claim" = ${token}::uuid, "lookAt" = now() + make_interval(secs => ${leaseMs / 1000}), "updatedAt" = now()
    WHERE "id" = ANY(${ids}::uuid[]) AND "state" IN ('reserved', 'uploading')
    RETURNING "id"`;
  return rows.map((row) => row.id);
}

/** Keeps a claim alive while the store takes its time. @returns stop */
export const keepClaim = (claim: Claim) => keepClaims([claim.id], claim.token);

export function keepClaims(ids: string[], token: string): () => void {
  const timer = setInterval(() => {
    db().$executeRaw`
      UPDATE "Upload" SET "lookAt" = now() + make_interval(secs => ${leaseMs / 1000})
      WHERE "id" = ANY(${ids}::uuid[]) AND "claim" = ${token}::uuid AND "state" = 'completing'`.catch((err) =>
      // Not fatal: the next beat may come through, and a claim that ran out is found out before anything is written.
      log().warn({ err, uploads: ids.length }, 'claims of uploads could not be renewed'),
    );
  }, leaseMs / 3);
  timer.unref();
  return () => clearInterval(timer);
}

/** Where clause of a claim that still holds. */
export const claimed = (claim: Claim) => ({ id: claim.id, claim: claim.token, state: 'completing' as const });

/** Writes to a session while the claim is held. @returns false when it was lost */
export async function updateClaimed(claim: Claim, data: Prisma.UploadUpdateManyMutationInput): Promise<boolean> {
  const { count } = await db().upload.updateMany({
    where: claimed(claim),
    data,
  });
  return count === 1;
}

/** Gives the session back as open: it can go on, with what hindered it written on it. */
export async function releaseClaim(
  claim: Claim,
  upload: UploadRow,
  hindrance: { code: string; detail: string } | null,
): Promise<void> {
  await updateClaimed(claim, {
    state: 'uploading',
    claim: null,
    lookAt: nextLook(upload, new Date()),
    errorCode: hindrance?.code ?? null,
    errorDetail: hindrance?.detail ?? null,
  });
}

/** Gives single sessions of a batch back as they were. */
export async function releaseClaims(ids: string[], token: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "Upload"
    SET "state" = 'uploading', "claim" = NULL, "lookAt" = now() + make_interval(secs => ${firstLookMs / 1000}), "updatedAt" = now()
    WHERE "id" = ANY(${ids}::uuid[]) AND "claim" = ${token}::uuid AND "state" = 'completing'`;
}

/** Locks the row of a claim that still holds, in the transaction that ends it. @throws AppError wrong_state when it was lost */
export async function lockClaim(tx: Tx, claim: Claim): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Upload"
    WHERE "id" = ${claim.id}::uuid AND "claim" = ${claim.token}::uuid AND "state" = 'completing' FOR UPDATE`;
  if (rows.length === 0) throw new AppError('wrong_state', 'Another process has taken this upload over. Ask again.');
}

/** When the sweep looks at an open session: singles once their links have run out, parts when the session has. */
export function nextLook(upload: Pick<UploadRow, 'kind' | 'expiresAt'>, now: Date): Date {
  return upload.kind === 'single' ? new Date(now.getTime() + firstLookMs) : upload.expiresAt;
}
