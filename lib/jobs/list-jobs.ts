import * as z from 'zod';
import { requireAnyLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { decodeCursor, encodeCursor } from '#lib/http/cursor.ts';
import { findFailures, toJobFailure } from './find-failures.ts';
import { readQueues } from './read-queues.ts';
import { type JobsOverview, workerTool } from './schema.ts';

const position = z.string().regex(/^\d{1,18}$/);

/**
 * The jobs page: queues and workers of the whole installation, and the failures that concern the actor's libraries.
 * @throws AppError forbidden, invalid_request
 */
export async function listJobs(
  actor: Actor,
  input: { cursor?: string | undefined; limit: number },
): Promise<JobsOverview> {
  requireAnyLibraryAdmin(actor);
  const before = input.cursor
    ? BigInt(decodeCursor(input.cursor, (value): value is string => position.safeParse(value).success))
    : undefined;
  const [queues, workers, rows] = await Promise.all([
    readQueues(),
    db().worker.findMany({ orderBy: { startedAt: 'asc' } }),
    findFailures(db(), actor, { limit: input.limit + 1, ...(before === undefined ? {} : { before }) }),
  ]);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    queues,
    workers: workers.map(({ id, host, startedAt, seenAt, tools }) => ({
      id,
      host,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      tools: z.array(workerTool).parse(tools),
    })),
    failures: page.map(toJobFailure),
    nextCursor: rows.length > page.length && last ? encodeCursor(String(last.id)) : null,
  };
}
