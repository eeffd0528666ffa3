import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { AppError, type ErrorCode } from '#lib/errors.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { someWorkerLives } from '#lib/jobs/some-worker-lives.ts';
import { requireLibrary } from '#lib/libraries/require-library.ts';
import { purgesHere } from '#lib/storage/purge-right.ts';
import { guardrailsView } from './get-guardrails.ts';
import { type GuardrailId, guardrailIds } from './guardrails.ts';
import { runGuardrails } from './run-guardrails.ts';
import type { browserProbe, GuardrailRunInput, GuardrailsView } from './schema.ts';

/** Milliseconds; proxies cut silent requests at 30 s or 60 s. */
const waitMs = 25_000;
const pollMs = 150;

type Answer = Promise<{ guardrails: GuardrailsView }>;

/** Looks at the settings again and probes. @throws AppError not_found, forbidden, store_unavailable */
export function checkGuardrails(
  actor: Actor,
  input: {
    library: string;
    guardrails?: GuardrailId[] | undefined;
    browser?: z.infer<typeof browserProbe> | undefined;
  },
): Answer {
  const guardrails = input.guardrails ?? [...guardrailIds];
  return requestRun(actor, input.library, {
    kind: 'check',
    guardrails,
    ...(input.browser ? { browser: input.browser } : {}),
  });
}

/** Puts a guardrail in force. @throws AppError see `applyGuardrail` of change-guardrail.ts */
export function requestApply(
  actor: Actor,
  input: { library: string; guardrail: GuardrailId; revision: string; documents?: unknown[] | undefined },
): Answer {
  const { library, guardrail, revision, documents } = input;
  return requestRun(actor, library, { kind: 'apply', guardrail, revision, ...(documents ? { documents } : {}) });
}

/** Takes a change back. @throws AppError see `revertGuardrail` of change-guardrail.ts */
export function requestRevert(
  actor: Actor,
  { library, guardrail, changeId }: { library: string; guardrail: GuardrailId; changeId: string },
): Answer {
  return requestRun(actor, library, { kind: 'revert', guardrail, changeId });
}

/**
 * Writes the wish down and has it carried out: here, or by the worker where only that may remove what probes write and change the policies
 * of users. Waits for the end; a run that takes longer goes on, and so does one that no worker has taken yet: the answer shows it running.
 */
async function requestRun(actor: Actor, slug: string, input: GuardrailRunInput): Answer {
  const library = await requireLibrary(actor, slug);
  requireLibraryAdmin(actor, library.id);
  const here = purgesHere();
  const run = await db().$transaction(async (tx) => {
    const data = { libraryId: library.id, userId: actor.userId, kind: input.kind, input: input as object };
    const made = await tx.guardrailRun.create({ data });
    if (!here) await enqueue(tx, 'run-guardrails', { runId: String(made.id) });
    return made;
  });
  if (here) await runGuardrails(run.id);
  const ended = await waitFor(run.id, here || (await someWorkerLives()) ? waitMs : 0);
  if (ended?.state === 'failed')
    throw new AppError((ended.errorCode ?? 'internal') as ErrorCode, ended.errorDetail ?? 'The run failed.');
  return { guardrails: await guardrailsView(actor, await requireLibrary(actor, slug)) };
}

async function waitFor(id: bigint, most: number) {
  for (const deadline = Date.now() + most; ; ) {
    const run = await db().guardrailRun.findUniqueOrThrow({ where: { id } });
    if (run.state === 'done' || run.state === 'failed') return run;
    if (Date.now() > deadline) return null;
    await sleep(pollMs);
  }
}
