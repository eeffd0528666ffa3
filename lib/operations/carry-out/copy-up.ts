import { AppError } from '#lib/errors.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { copyVersion } from '#lib/storage/copy-version.ts';
import { isNotThawed } from '#lib/storage/store-errors.ts';
import { thawVersion } from '#lib/storage/thaw-version.ts';
import type { ListedVersion, VersionRef } from '#lib/storage/types.ts';
import { requireClass } from '../require-class.ts';
import type { ThawWish } from '../schema.ts';
import type { SeenEntry, StepOf } from '../steps.ts';
import { isSameContent } from './same-content.ts';
import { skipOwnCopies } from './skip-own-copies.ts';
import { standsFor } from './stands-for.ts';
import { isSeen, isSinceTakenUp, type StepContext, toSeen } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/** Milliseconds between two looks at a version that is being thawed: minutes, 3 to 12 hours, 5 to 48 hours (s3-facts 4.9). */
const lookAgain: Record<ThawWish['tier'], number> = { Expedited: 60_000, Standard: 15 * 60_000, Bulk: 60 * 60_000 };

/**
 * Restore: a copy of an older version on top of its own key, with metadata, content headers and S3 tags; encryption as wanted
 * now. A change of class is the same with the newest version as the source. Nothing beneath is touched. MinIO ignores a condition on the destination of a copy (s3-facts 7c): looked at before and after.
 * An archived source is asked to be thawed where the operation says so, and the item waits.
 * @throws AppError wrong_state when the source is archived and is not to be thawed, not_supported_by_store when it refuses the class
 */
export async function copyUp(context: StepContext, step: StepOf<'copy-up'>): Promise<StepResult> {
  const { ref, library } = context;
  const { source, expect, storageClass } = step;
  const listed = await context.look.before(ref);
  const [top] = listed;
  const isThere = isSeen(top, source) && !top?.isDeleteMarker;
  if (isThere && (storageClass === undefined || storageClass === top?.storageClass)) return { state: 'skipped' };
  const from = listed.find((entry) => !entry.isDeleteMarker && isSeen(entry, source));
  if (!from)
    return conflict('not_found', 'The bytes of this version are gone from the store, so it cannot be restored.');
  const isExpected = top?.isDeleteMarker === expect.isDeleteMarker && (await standsFor(context, ref.key, top, expect));
  if (!top || !isExpected) {
    const ours =
      top &&
      !top.isDeleteMarker &&
      isSinceTakenUp(context, top) &&
      (await isSameContent({ ...ref, versionId: top.versionId }, { ...ref, versionId: from.versionId }));
    const beneath = ours ? await skipOwnCopies(ref, listed.slice(1), top.versionId, expect) : undefined;
    if (top && beneath && (await standsFor(context, ref.key, beneath, expect))) return done(step, top, beneath);
    return conflict(
      'version_changed',
      'A newer version was saved since. It was left as it is; look at the versions and decide.',
    );
  }

  context.requireRight();
  if (storageClass !== undefined) requireClass(library.capabilities, storageClass);
  const mayState = library.capabilities.conditionalCopy?.supported && !top.isDeleteMarker && top.etag !== null;
  let made: { versionId: string; etag: string };
  try {
    made = await copyVersion({
      source: { ...ref, versionId: source.versionId },
      target: ref,
      encryption: wantedEncryption(),
      size: from.size,
      storageClass,
      ...(mayState && top.etag !== null ? { condition: { ifMatch: top.etag } } : {}),
    });
  } catch (error) {
    if (context.thaw && isNotThawed(error)) return thaw({ ...ref, versionId: source.versionId }, context.thaw);
    if (!(error instanceof AppError) || error.code !== 'version_changed') throw error;
    // The answer to a first try may have been lost, and our own copy then failed the condition of the second.
    const [now, ...under] = await context.look.after(ref);
    const isCopy =
      now !== undefined &&
      !now.isDeleteMarker &&
      !isSeen(now, toSeen(top)) &&
      (await isSameContent({ ...ref, versionId: now.versionId }, { ...ref, versionId: source.versionId }));
    if (isCopy && isSeen(await skipOwnCopies(ref, under, now.versionId, top), toSeen(top))) return done(step, now, top);
    return conflict('version_changed', 'A newer version was saved in the same moment. It was left as it is.');
  }
  const after = await context.look.after(ref);
  const at = after.findIndex((entry) => entry.versionId === made.versionId);
  const beneath = at === -1 ? undefined : await skipOwnCopies(ref, after.slice(at + 1), made.versionId, top);
  if (!beneath || isSeen(beneath, toSeen(top))) return done(step, made, top);
  return {
    state: 'conflict',
    code: 'version_changed',
    detail:
      'It was restored, but somebody saved a newer version in the same moment; that one is the version beneath. Undo brings it back.',
    outcome: {
      kind: 'copied-up',
      made,
      from: source.versionId,
      ...formerOf(step, beneath),
    },
    versionId: made.versionId,
  };
}

/** What lay there before, as undo needs it. */
function formerOf(step: StepOf<'copy-up'>, entry: ListedVersion): { former: SeenEntry; formerClass?: string } {
  const former = { ...toSeen(entry), isDeleteMarker: entry.isDeleteMarker };
  return step.storageClass === undefined || entry.storageClass === null
    ? { former }
    : { former, formerClass: entry.storageClass };
}

/** Asked for at each look: stores take it for the thaw under way, and one whose days ran out meanwhile begins anew. */
async function thaw(source: VersionRef, wish: ThawWish): Promise<StepResult> {
  await thawVersion(source, wish);
  return { state: 'waits', until: new Date(Date.now() + lookAgain[wish.tier]) };
}

function done(
  step: StepOf<'copy-up'>,
  made: { versionId: string; etag: string | null },
  over: ListedVersion,
): StepResult {
  const seen = { versionId: made.versionId, etag: made.etag };
  return {
    state: 'done',
    outcome: {
      kind: 'copied-up',
      made: seen,
      from: step.source.versionId,
      ...formerOf(step, over),
    },
    versionId: made.versionId,
  };
}
