import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { log } from '#lib/log.ts';

/** Steps of the handshake that go through the app. */
export type UploadStep = 'start' | 'sign' | 'parts' | 'complete';

/**
 * The same function, which also keeps what its call weighed and how long it took: one row a call, whatever number of files. It tells people
 * where their bytes went; an upload does not fail for want of it, so a failure is logged only.
 * @param idsOf the uploads that the call was about
 */
export function withUploadCall<I, O>(
  step: UploadStep,
  idsOf: (input: I, output: O) => string[],
  work: (actor: Actor, input: I) => Promise<O>,
): (actor: Actor, input: I) => Promise<O> {
  return async (actor, input) => {
    const at = new Date();
    const started = performance.now();
    const output = await work(actor, input);
    const ids = idsOf(input, output);
    if (ids.length === 0) return output;
    const weigh = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
    const call = { at, step, ids, ms: Math.round(performance.now() - started), up: weigh(input), down: weigh(output) };
    await keep(call).catch((err: unknown) => log().warn({ err, step }, 'what an upload cost the app was not kept'));
    return output;
  };
}

type Call = { at: Date; step: UploadStep; ids: string[]; ms: number; up: number; down: number };

async function keep({ at, step, ids, ms, up, down }: Call): Promise<void> {
  await db().$executeRaw`
    INSERT INTO "UploadCall" ("libraryId", "at", "step", "uploadIds", "requestBytes", "responseBytes", "ms")
    SELECT "libraryId", ${at}::timestamptz, ${step}, ${ids}::uuid[], ${up}::int, ${down}::int, ${ms}::int
    FROM "Upload" WHERE "id" = ${ids[0]}::uuid`;
}
