import * as z from 'zod';

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
