import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { requireLibraryById } from '#lib/libraries/require-library.ts';
import { log } from '#lib/log.ts';
import { applyGuardrail, revertGuardrail } from './change-guardrail.ts';
import { type GuardrailId, guardrailIds } from './guardrails.ts';
import { makeRow } from './make-row.ts';
import { planGuardrail } from './plan-guardrail.ts';
import type { GuardrailState, GuardrailWorld } from './plan-types.ts';
import { probeGuardrail } from './probes/probe-guardrail.ts';
import { guardrailWorld, readGuardrailState } from './read-guardrail-state.ts';
import { readRows } from './read-rows.ts';
import type { GuardrailRow, GuardrailRunInput } from './schema.ts';

/** Days that runs are kept. Changes stay for ever, in the settings history and the activity. */
const keepDays = 90;

/**
 * Carries out one run: looks at the settings, changes one if that was asked for, probes, and keeps how everything stands. What an admin can
 * mend ends the run as `failed` with the reason; anything else is thrown on, for the queue.
 */
export async function runGuardrails(runId: bigint): Promise<void> {
  const claimed = await db().guardrailRun.updateMany({
    where: { id: runId, state: { in: ['waiting', 'running'] } },
    data: { state: 'running' },
  });
  if (claimed.count === 0) return;
  const run = await db().guardrailRun.findUniqueOrThrow({ where: { id: runId } });
  const input = run.input as GuardrailRunInput;
  try {
    await change(input, run);
  } catch (error) {
    await fail(runId, error);
    if (!(error instanceof AppError)) throw error;
    return;
  }
  await look(runId, run.libraryId, run.userId, input);
}

type Run = { libraryId: bigint; userId: bigint | null };

async function change(input: GuardrailRunInput, run: Run): Promise<void> {
  if (input.kind === 'check') return;
  const library = await requireLibraryById(run.libraryId);
  const world = guardrailWorld(library);
  const place = { library, world, state: await readGuardrailState(world) };
  const by = await personOf(run.userId);
  if (input.kind === 'apply') await applyGuardrail(input, place, by);
  else await revertGuardrail(input, place, by);
}

async function personOf(userId: bigint | null) {
  if (userId === null) throw new Error('A change of a guardrail is always asked for by a person.');
  const { name } = await db().user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
  return { userId, name };
}

async function look(runId: bigint, libraryId: bigint, userId: bigint | null, input: GuardrailRunInput): Promise<void> {
  try {
    const library = await requireLibraryById(libraryId);
    const world = guardrailWorld(library);
    const state = await readGuardrailState(world);
    const former = new Map((await readRows(libraryId)).map((row) => [row.id, row]));
    const wanted = new Set<GuardrailId>(input.kind === 'check' ? input.guardrails : [input.guardrail, 'own-rights']);
    const rows: GuardrailRow[] = [];
    for (const id of guardrailIds)
      rows.push(await lookAt(id, { input, world, state, former: former.get(id), wanted, library }));
    await finish(runId, libraryId, userId, input, rows, former);
  } catch (error) {
    await fail(runId, error);
    if (!(error instanceof AppError)) throw error;
  }
}

async function lookAt(
  id: GuardrailId,
  at: {
    input: GuardrailRunInput;
    world: GuardrailWorld;
    state: GuardrailState;
    former: GuardrailRow | undefined;
    wanted: Set<GuardrailId>;
    library: { id: bigint; bucket: string };
  },
): Promise<GuardrailRow> {
  const plan = planGuardrail(id, at.state, at.world);
  const isCheck = at.input.kind === 'check';
  if (!at.wanted.has(id) || plan.unsupported !== null) return makeRow(id, plan, at.former, null, isCheck);
  const browser = at.input.kind === 'check' ? at.input.browser : undefined;
  const { outcome, steps, uploads } = await probeGuardrail(id, plan, at.world, browser);
  if (uploads?.ok)
    await db().library.updateMany({
      where: { id: at.library.id },
      data: { partsNameEncryption: uploads.partsNameEncryption },
    });
  return makeRow(id, plan, at.former, { outcome, steps, at: new Date().toISOString() }, isCheck);
}

async function finish(
  runId: bigint,
  libraryId: bigint,
  userId: bigint | null,
  input: GuardrailRunInput,
  rows: GuardrailRow[],
  former: Map<GuardrailId, GuardrailRow>,
): Promise<void> {
  const failing = rows.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  const passing = rows.filter(({ verdict }) => verdict === 'pass').length;
  const drifted = rows
    .filter(({ id, driftedAt }) => driftedAt !== null && former.get(id)?.driftedAt !== driftedAt)
    .map(({ id }) => id);
  await db().$transaction(async (tx) => {
    await tx.guardrailRun.update({
      where: { id: runId },
      data: { state: 'done', rows: rows as object, finishedAt: new Date() },
    });
    await tx.library.update({ where: { id: libraryId }, data: { failingGuardrails: failing.length } });
    await tx.guardrailRun.deleteMany({
      where: { libraryId, id: { not: runId }, createdAt: { lt: new Date(Date.now() - keepDays * 86_400_000) } },
    });
    const context = { libraryId };
    if (input.kind === 'check' && userId !== null) {
      const { name } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
      await recordAudit(tx, { userId, name }, { type: 'guardrails.checked', passing, failing }, context);
    }
    if (drifted.length > 0)
      await tx.auditEvent.create({
        data: {
          userId: null,
          actorName: 'Strata',
          libraryId,
          type: 'guardrails.drifted',
          data: { type: 'guardrails.drifted', guardrails: drifted },
        },
      });
  });
  if (drifted.length > 0) log().warn({ libraryId: String(libraryId), guardrails: drifted }, 'guardrails hold no more');
}

async function fail(runId: bigint, error: unknown): Promise<void> {
  const known = error instanceof AppError ? error : null;
  await db().guardrailRun.update({
    where: { id: runId },
    data: {
      state: 'failed',
      errorCode: known?.code ?? 'internal',
      errorDetail: known?.detail ?? 'Something unexpected happened. The worker’s log says what.',
      finishedAt: new Date(),
    },
  });
}
