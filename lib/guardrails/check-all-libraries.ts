import { db } from '#lib/db.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { guardrailIds } from './guardrails.ts';

/** Begins a look at the guardrails of every library, by nobody: what changed behind Strata's back is found by it. */
export async function checkAllLibraries(): Promise<void> {
  const libraries = await db().library.findMany({ where: { removedAt: null }, select: { id: true } });
  for (const { id } of libraries)
    await db().$transaction(async (tx) => {
      const input = { kind: 'check', guardrails: [...guardrailIds] };
      const run = await tx.guardrailRun.create({ data: { libraryId: id, kind: 'check', input } });
      await enqueue(tx, 'run-guardrails', { runId: String(run.id) }, { priority: 5 });
    });
}
