/** Every job by name with the shape of its payload. The handler is `lib/jobs/tasks/<name>.ts`, which exports `run`. */
export type JobPayloads = {
  /** Aborts abandoned upload sessions and repairs crashed ones. */
  'sweep-uploads': Record<string, never>;
  /** Ends what the web process may not: removes the version of a rejected or cancelled upload. */
  'settle-upload': { uploadId: string };
  /** Probes the store of a library anew. */
  'probe-store': { libraryId: string };
  /** Runs an operation that is too large for its request, or takes over one whose process died. */
  'run-operation': { operationId: string };
  /** Finds operations whose process died, and gives them a new job. */
  'resume-operations': Record<string, never>;
  /** Begins to compare a library with its bucket, or joins the comparison under way. */
  'index-library': { libraryId: string };
  /** Works on one comparison until no part of it is left to take (lib/indexing/reconcile/). */
  'reconcile-library': { runId: string };
  /** Drops the index of a library and begins to list its bucket anew. */
  'rebuild-index': { runId: string };
  /** Drops the index of a library that was removed, and the pictures made from its files. */
  'drop-index': { libraryId: string };
  /** Finds comparisons on which nobody works any more, and gives them new jobs. */
  'resume-index-runs': Record<string, never>;
  /** Looks again at what a comparison only reported, then compares once more. */
  'repair-drift': { runId: string };
  /** Begins to compare every library with its bucket: what events missed is found by it. */
  'check-libraries': Record<string, never>;
  /** Looks at one key because the store reported something about it. One waiting job a key (lib/follow/take-events.ts). */
  'sync-key': {
    libraryId: string;
    key: string;
    /** Since when the index is late with it: the store's time of the newest event, or the end of a wait that is on purpose. RFC 3339. */
    eventAt: string;
    /** What the only event said; null when several came, or one that says too little to spare the look. */
    event: { versionId: string; kind: 'created' | 'removed' } | null;
  };
  /** Removes change notes that no open page can still ask for, and plans that nobody started. */
  'prune-changes': Record<string, never>;
  /** Measures what a library holds, for the cost page. */
  'measure-usage': { libraryId: string };
  /** Measures every library, once a night. */
  'measure-all-usage': Record<string, never>;
  /** Looks at the guardrails of a library, or changes one (lib/guardrails/run-guardrails.ts). */
  'run-guardrails': { runId: string };
  /** Begins a look at the guardrails of every library. */
  'check-guardrails': Record<string, never>;
  /** Finds out what the bytes of a version are, and makes its thumbnail. `again`: even when that is known. */
  inspect: InspectedVersion & { again?: boolean };
  /** The same for versions that an operation made together, mostly copies of what is known. */
  'inspect-copies': { libraryId: string; versions: Omit<InspectedVersion, 'libraryId'>[] };
  /** Makes the large picture for the viewer. */
  'make-preview': InspectedVersion;
  /** Removes pictures of versions of a key that are gone. */
  'remove-renditions': { libraryId: string; key: string };
  /** Has everything in a library inspected again, in the order of version ids from `after`. */
  'rebuild-renditions': { libraryId: string; after: string };
  /** Has everything in a library inspected that nobody looked into yet, in the order of asset ids from `after`. */
  'prepare-renditions': { libraryId: string; after: string };
};

/** A `null` version changes its content under one id: the ETag says which one is meant. */
export type InspectedVersion = { libraryId: string; key: string; versionId: string; etag: string };

export type JobName = keyof JobPayloads;

/** graphile-worker crontab: minute granularity, one run in the whole fleet. */
export const crontab = `
* * * * * sweep-uploads ?jobKey=sweep-uploads&max=1
* * * * * resume-operations ?jobKey=resume-operations&max=1
* * * * * resume-index-runs ?jobKey=resume-index-runs&max=1
17 2 * * * measure-all-usage ?jobKey=measure-all-usage&max=3
41 */6 * * * check-guardrails ?jobKey=check-guardrails&max=3
17 * * * * check-libraries ?jobKey=check-libraries&max=1
*/10 * * * * prune-changes ?jobKey=prune-changes&max=1
`;

/** Attempts before a job is left as failed; the wait grows exponentially (graphile-worker docs, "Exponential backoff"). */
export const maxAttempts = 8;
