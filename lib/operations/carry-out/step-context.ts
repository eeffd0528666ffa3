import type { Tx } from '#lib/db.ts';
import type { AppError, ErrorCode } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import type { ListedVersion, ObjectRef } from '#lib/storage/types.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import type { ThawWish } from '../schema.ts';
import type { SeenVersion, StepOutcome } from '../steps.ts';

export type StepContext = {
  operationId: bigint;
  library: LibraryContext;
  path: string;
  ref: ObjectRef;
  /**
   * When an earlier runner took this item up and did not finish it (its process died); null at the first try.
   * What it would have done and is there since then is taken for its work: our own success, met again, is not a conflict.
   */
  takenUpBefore: Date | null;
  /** Looks at the item's own key before and after it is changed: by itself, or together with others of a batch. */
  look: { before: (ref: ObjectRef) => Promise<ListedVersion[]>; after: (ref: ObjectRef) => Promise<ListedVersion[]> };
  /** How archived versions are thawed; null: they are not, and the item fails. */
  thaw: ThawWish | null;
  /** Throws when the right to act was taken away meanwhile. Called right before the store is changed. */
  requireRight: () => void;
};

/** Rows of ours that belong to an outcome, written in the transaction that journals it. Returns the outcome as it is kept. */
export type Recording = (tx: Tx, outcome: StepOutcome | null) => Promise<StepOutcome | null>;

export type StepResult =
  /** `outcome` null: it cannot be undone. */
  | { state: 'done'; outcome: StepOutcome | null; versionId: string | null; record?: Recording }
  | { state: 'skipped' }
  /** Nothing was changed: the source is being thawed, and is looked at again then. */
  | { state: 'waits'; until: Date }
  /** `outcome` when something was done nevertheless, so that undo can take it back. */
  | { state: 'conflict'; code: ErrorCode; detail: string; outcome?: StepOutcome; versionId?: string | null };

export function conflict(code: ErrorCode, detail: string): StepResult {
  return { state: 'conflict', code, detail };
}

/** The same at another path of the item: the place that a file comes from. */
export function atPath(context: StepContext, path: string): StepContext {
  return { ...context, path, ref: { bucket: context.library.bucket, key: toKey(context.library, path) } };
}

export function stepContext(
  operationId: bigint,
  library: LibraryContext,
  path: string,
  takenUpBefore: Date | null,
  refusal: AppError | null,
  thaw: ThawWish | null = null,
  look: StepContext['look'] = { before: listKeyVersions, after: listKeyVersions },
): StepContext {
  const requireRight = () => {
    if (refusal) throw refusal;
  };
  const ref = { bucket: library.bucket, key: toKey(library, path) };
  return { operationId, library, path, ref, takenUpBefore, look, thaw, requireRight };
}

/** Milliseconds by which the store's clock may run behind ours when we look for our own work. */
const clockSlack = 60_000;

/** Whether an entry can be the work of the runner that died. */
export function isSinceTakenUp(context: StepContext, entry: ListedVersion | undefined): boolean {
  const { takenUpBefore } = context;
  return (
    takenUpBefore !== null && entry !== undefined && entry.modifiedAt.getTime() >= takenUpBefore.getTime() - clockSlack
  );
}

/** The same version with the same content: a `null` version changes its content under one id. */
export function isSeen(entry: ListedVersion | undefined, seen: SeenVersion): boolean {
  return entry !== undefined && entry.versionId === seen.versionId && (seen.etag === null || entry.etag === seen.etag);
}

export const toSeen = (entry: ListedVersion): SeenVersion => ({ versionId: entry.versionId, etag: entry.etag });

/** The delete markers on top, newest first, and what lies beneath them. */
export function splitTop(listed: ListedVersion[]): { markers: ListedVersion[]; beneath: ListedVersion | undefined } {
  const first = listed.findIndex((entry) => !entry.isDeleteMarker);
  return first === -1
    ? { markers: listed, beneath: undefined }
    : { markers: listed.slice(0, first), beneath: listed[first] };
}
