import { AppError } from '#lib/errors.ts';
import { wantedEncryption } from '#lib/storage/client.ts';
import { copyVersion } from '#lib/storage/copy-version.ts';
import type { ListedVersion, WriteCondition } from '#lib/storage/types.ts';
import type { SeenVersion, StepOf } from '../steps.ts';
import { putMarker } from './put-marker.ts';
import { carryTags, recordMoves } from './record-move.ts';
import { isSameContent } from './same-content.ts';
import { skipOwnCopies } from './skip-own-copies.ts';
import { atPath, isSeen, isSinceTakenUp, type StepContext, splitTop } from './step-context.ts';
import { conflict, type StepResult } from './step-result.ts';

/** The copy at the new place: just made, or met again after a crash. `covered`: somebody's version that slipped beneath it. */
type Landed = { made: SeenVersion; covered: ListedVersion | null };

/**
 * Copy, or move: a copy of the newest version to the new place, with metadata, content headers and S3 tags, then for a move a delete
 * marker on the old place. MinIO ignores a condition on the destination of a copy (s3-facts 7c): looked at before and after.
 * The old place is hidden only when its bytes are safely at the new one.
 * @throws AppError wrong_state when the source is archived
 */
export async function copyTo(context: StepContext, step: StepOf<'copy-to'>): Promise<StepResult> {
  const source = atPath(context, step.from);
  const { markers, beneath } = splitTop(await context.look.before(source.ref));
  const isOurMarker = step.move && markers[0] !== undefined && isSinceTakenUp(context, markers[0]);
  if (!beneath || !isSeen(beneath, step.source) || (markers.length > 0 && !isOurMarker)) {
    return conflict(
      beneath && markers.length === 0 ? 'version_changed' : 'not_found',
      beneath && markers.length === 0
        ? 'A newer version was saved since. It was left as it is.'
        : 'It is no longer there: somebody moved or deleted it since.',
    );
  }
  const landed = await land(context, step, beneath, isOurMarker);
  if ('state' in landed) return landed;

  const { made, covered } = landed;
  const outcome = {
    kind: 'copied-to',
    from: step.from,
    source: step.source,
    made,
    former: covered ? { versionId: covered.versionId, etag: covered.etag } : step.over,
    moved: null,
  } as const;
  if (covered) {
    const detail =
      'Somebody saved a file there in the same moment; theirs is the version beneath, and the old place was left as it is. Undo brings theirs back.';
    return { state: 'conflict', code: 'version_changed', detail, outcome, versionId: made.versionId };
  }
  if (!step.move) {
    return { state: 'done', outcome, versionId: made.versionId, ...(step.over ? {} : { record: carryTags }) };
  }
  const hidden = await putMarker(source, { kind: 'put-marker', expect: step.source });
  if (hidden.state !== 'done' || hidden.outcome?.kind !== 'marker-put') {
    const why =
      hidden.state === 'conflict' ? hidden.detail : 'Somebody deleted it at the old place in the same moment.';
    const detail = `It was copied, but not taken from the old place. ${why}`;
    return { state: 'conflict', code: 'version_changed', detail, outcome, versionId: made.versionId };
  }
  const moved = { markers: hidden.outcome.markers, tags: { moved: [], there: [] } };
  return {
    state: 'done',
    outcome: { ...outcome, moved },
    versionId: made.versionId,
    record: recordMoves,
  };
}

async function land(
  context: StepContext,
  step: StepOf<'copy-to'>,
  from: ListedVersion,
  hasMoved: boolean,
): Promise<Landed | StepResult> {
  const { ref, library } = context;
  const sourceRef = { ...atPath(context, step.from).ref, versionId: step.source.versionId };
  const before = await context.look.before(ref);
  const [top] = before;
  const isThere = (entry: ListedVersion | undefined) =>
    step.over ? isSeen(entry, step.over) && !entry?.isDeleteMarker : !entry || entry.isDeleteMarker;
  if (!isThere(top)) {
    const ours =
      top &&
      !top.isDeleteMarker &&
      isSinceTakenUp(context, top) &&
      (await isSameContent({ ...ref, versionId: top.versionId }, sourceRef)) &&
      isThere(await skipOwnCopies(ref, before.slice(1), top.versionId, step.over ?? undefined));
    if (ours) return { made: { versionId: top.versionId, etag: top.etag }, covered: null };
    return step.over
      ? conflict('version_changed', 'The file there was changed since. It was left as it is.')
      : conflict('path_exists', 'Another file was put there since. It was left as it is.');
  }
  // Hidden at the old place and not at the new one: somebody else's doing.
  if (hasMoved) return conflict('not_found', 'It is no longer there: somebody deleted it since.');
  const blocked = await context.look.place(context.path);
  if (blocked) return blocked;

  context.requireRight();
  let made: SeenVersion;
  try {
    made = await copyVersion({
      source: sourceRef,
      target: ref,
      encryption: wantedEncryption(),
      size: from.size,
      ...conditionOn(library.capabilities.conditionalCopy?.supported ?? false, step.over, top),
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'version_changed') throw error;
    return conflict('path_exists', 'Another file was put there in the same moment. It was left as it is.');
  }
  const after = await context.look.after(ref);
  const at = after.findIndex((entry) => entry.versionId === made.versionId);
  const beneath =
    at === -1 ? undefined : await skipOwnCopies(ref, after.slice(at + 1), made.versionId, step.over ?? undefined);
  return { made, covered: beneath && !isThere(beneath) ? beneath : null };
}

function conditionOn(
  supported: boolean,
  over: SeenVersion | null,
  top: ListedVersion | undefined,
): { condition?: WriteCondition } {
  if (!supported) return {};
  if (over?.etag) return { condition: { ifMatch: over.etag } };
  // Stores differ on whether a delete marker counts as something (s3-facts 1.17).
  return over === null && top === undefined ? { condition: { ifNoneMatch: '*' } } : {};
}
