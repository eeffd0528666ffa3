import * as z from 'zod';
import { idText, isoTime } from '#lib/libraries/schema.ts';

/** A program or library on a worker's machine that some previews need. */
export const workerTool = z.object({
  /** As people know it: "ffmpeg". */
  name: z.string(),
  found: z.boolean(),
  /** As the tool says it; null when it is not there. */
  version: z.string().nullable(),
  /** What works with it: "Posters and lengths of videos". */
  purpose: z.string(),
  /** The line that installs it, for a shell: "apt install ffmpeg". */
  install: z.string(),
});
export type WorkerTool = z.infer<typeof workerTool>;

export const queueView = z.object({
  job: z.string(),
  waiting: z.number().int(),
  /** Not due yet: a try again, or one for a later time. */
  later: z.number().int(),
  running: z.number().int(),
  failed: z.number().int(),
  /** How long the first of those that are due has waited; null when none is due. */
  oldestSeconds: z.number().nullable(),
});
export type QueueView = z.infer<typeof queueView>;

export const workerView = z.object({
  id: z.uuid(),
  /** The machine and process: "media-1:4711". */
  host: z.string(),
  startedAt: isoTime,
  seenAt: isoTime,
  tools: z.array(workerTool),
});
export type WorkerView = z.infer<typeof workerView>;

export const jobFailure = z.object({
  id: idText,
  job: z.string(),
  /** What it is about, when the job says so. */
  library: z.object({ slug: z.string(), name: z.string() }).nullable(),
  path: z.string().nullable(),
  /** What happened, in a sentence for people. */
  sentence: z.string(),
  attempts: z.number().int(),
  maxAttempts: z.number().int(),
  failedAt: isoTime,
  /** When it is tried again by itself; null once it has used up its attempts. */
  nextAt: isoTime.nullable(),
});
export type JobFailure = z.infer<typeof jobFailure>;

export const jobsOverview = z.object({
  queues: z.array(queueView),
  workers: z.array(workerView),
  failures: z.array(jobFailure),
  nextCursor: z.string().nullable(),
});
export type JobsOverview = z.infer<typeof jobsOverview>;
