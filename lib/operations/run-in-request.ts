import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '#lib/db.ts';
import { runOperation } from './run-operation.ts';

/** How long a request waits for the worker to end what it was handed, in ms. The worker hears of a job at once. */
const patienceMs = 5_000;
const pollMs = 50;

/**
 * Runs an operation inside a request. What this process may not do (removing delete markers is the worker's) goes to the worker, whose end
 * is waited for; when that takes longer the answer says that it is under way.
 */
export async function runInRequest(operationId: bigint): Promise<void> {
  const end = await runOperation(operationId);
  if (end === 'ended' || end === 'resting') return;
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; ) {
    const { finishedAt } = await db().operation.findUniqueOrThrow({
      where: { id: operationId },
      select: { finishedAt: true },
    });
    if (finishedAt !== null) return;
    await sleep(pollMs);
  }
}
