import type { AppError } from '#lib/errors.ts';
import { toKey } from '#lib/libraries/layout.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { putDeleteMarker } from '#lib/storage/objects.ts';
import type { ListedVersion, ObjectRef } from '#lib/storage/types.ts';
import { listKeyVersions, removeDeleteMarker } from '#lib/storage/versions.ts';
import type { ThawWish } from '../schema.ts';
import type { SeenVersion } from '../steps.ts';
import { checkPlaces } from './check-place.ts';
import type { StepResult } from './step-result.ts';

/** How the keys of an item are looked at: by itself, or together with those of others of a batch. */
export type Looks = {
  /** Before the item has changed anything. */
  before: (ref: ObjectRef) => Promise<ListedVersion[]>;
  /** After it has changed this key. */
  after: (ref: ObjectRef) => Promise<ListedVersion[]>;
  /** What stands in the way of putting a file there; null: nothing. */
  place: (path: string) => Promise<StepResult | null>;
};
/** Changes that stores make for many keys in one request. */
export type Acts = {
  putMarker: (ref: ObjectRef) => Promise<{ versionId: string | null }>;
  /** Markers of one key, each seen there by the look before. */
  removeMarkers: (ref: ObjectRef, markers: ListedVersion[]) => Promise<void>;
};

/** Each item for itself. */
export function alone(library: LibraryContext): { look: Looks; act: Acts } {
  return {
    look: {
      before: listKeyVersions,
      after: listKeyVersions,
      place: async (path) => (await checkPlaces(library, [path])).get(path) ?? null,
    },
    act: {
      putMarker: putDeleteMarker,
      removeMarkers: async (ref, markers) => {
        for (const { versionId } of markers) await removeDeleteMarker({ ...ref, versionId });
      },
    },
  };
}

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
  look: Looks;
  act: Acts;
  /** How archived versions are thawed; null: they are not, and the item fails. */
  thaw: ThawWish | null;
  /** Throws when the right to act was taken away meanwhile. Called right before the store is changed. */
  requireRight: () => void;
};

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
  by = alone(library),
): StepContext {
  const requireRight = () => {
    if (refusal) throw refusal;
  };
  const ref = { bucket: library.bucket, key: toKey(library, path) };
  return { operationId, library, path, ref, takenUpBefore, ...by, thaw, requireRight };
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
