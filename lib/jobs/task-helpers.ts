/** What a task gets beside its payload. */
export type TaskHelpers = { signal: AbortSignal; jobId: string; attempt: number };
