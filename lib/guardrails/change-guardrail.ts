import { recordAudit } from '#lib/audit/record-audit.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { readDocument, writeDocument } from '#lib/storage/bucket-documents.ts';
import { getVersioning } from '#lib/storage/buckets.ts';
import { findOverreach } from './find-overreach.ts';
import { type GuardrailId, guardrailWords } from './guardrails.ts';
import { planGuardrail } from './plan-guardrail.ts';
import { findDocumentDanger } from './plan-policy-guardrail.ts';
import { planRevert } from './plan-revert.ts';
import type { DocumentChange, GuardrailState, GuardrailWorld } from './plan-types.ts';
import { type Policy, parsePolicy } from './policy.ts';
import { makeProbeKit } from './probes/probe-kit.ts';
import { probeUploads } from './probes/probe-uploads.ts';
import { revisionOf } from './revision-of.ts';
import type { GuardrailRunInput } from './schema.ts';

type Person = { userId: bigint; name: string };
type Place = { library: LibraryContext; world: GuardrailWorld; state: GuardrailState };

/** Setting name of a guardrail's changes in `SettingsChange`. */
export const settingOf = (id: GuardrailId) => `guardrail:${id}`;

/**
 * Puts a guardrail in force. Right after, an upload in one piece and one in parts are tried as Strata's own are; when they fail, what was
 * there before is put back and said.
 * @throws AppError version_changed, wrong_state (would lock the app out, or did), not_supported_by_store
 */
export async function applyGuardrail(
  input: Extract<GuardrailRunInput, { kind: 'apply' }>,
  place: Place,
  by: Person,
): Promise<void> {
  const { change, danger } = planGuardrail(input.guardrail, place.state, place.world);
  if (!change) throw new AppError('wrong_state', `${titleOf(input)} needs no change any more.`);
  if (revisionOf(change.documents) !== input.revision)
    throw new AppError('version_changed', 'The store’s settings were changed meanwhile. Look at the difference again.');
  const documents = input.documents ? written(change.documents, input.documents, place.world) : change.documents;
  if (!input.documents && danger) throw new AppError('wrong_state', `It would lock Strata out. ${danger}`);
  await put(input, documents, place, by, 'guardrail.applied');
}

/** Takes a change back, and leaves what others changed since. @throws AppError not_found, wrong_state, not_supported_by_store */
export async function revertGuardrail(
  input: Extract<GuardrailRunInput, { kind: 'revert' }>,
  place: Place,
  by: Person,
): Promise<void> {
  const row = await db().settingsChange.findFirst({
    where: { id: BigInt(input.changeId), libraryId: place.library.id, setting: settingOf(input.guardrail) },
  });
  if (!row) throw new AppError('not_found', 'This change is not known.');
  const changes = (row.after as { documents: DocumentChange[] }).documents;
  const current = await Promise.all(changes.map((one) => readDocument(one)));
  await put(input, planRevert(changes, current), place, by, 'guardrail.reverted');
}

const titleOf = ({ guardrail }: { guardrail: GuardrailId }) => guardrailWords[guardrail].title;

/** What the admin wrote in place of the proposal, document by document. */
function written(proposed: DocumentChange[], documents: unknown[], world: GuardrailWorld): DocumentChange[] {
  return proposed.map((one, index) => {
    const after = documents[index];
    if (after === undefined) return one;
    if (one.kind !== 'bucket-policy' && one.kind !== 'user-policy')
      throw new AppError('invalid_request', 'Only policies can be written by hand.');
    const policy = requirePolicy(after);
    const overreach = one.kind === 'user-policy' ? findOverreach(one.before as Policy, policy, world.bucket) : null;
    if (overreach) throw new AppError('invalid_request', overreach);
    const danger = findDocumentDanger(policy, one.kind, world);
    if (danger) throw new AppError('wrong_state', `It would lock Strata out. ${danger}`);
    return { ...one, after };
  });
}

function requirePolicy(document: unknown) {
  try {
    return parsePolicy(JSON.stringify(document));
  } catch (cause) {
    throw new AppError('invalid_request', 'This is no policy: it has no statements.', { cause });
  }
}

async function put(
  input: { guardrail: GuardrailId },
  documents: DocumentChange[],
  place: Place,
  by: Person,
  type: 'guardrail.applied' | 'guardrail.reverted',
): Promise<void> {
  const { library, world } = place;
  const done: DocumentChange[] = [];
  const undo = async () => {
    for (const one of done.toReversed()) await writeDocument(one, one.before);
  };
  try {
    for (const one of documents) {
      done.push(one);
      await writeDocument(one, one.after);
    }
  } catch (error) {
    // The one that failed was not taken; those before it were.
    done.pop();
    await undo();
    throw error;
  }
  const uploads = await tryOwnUploads(world);
  if (!uploads.ok) {
    await undo();
    throw new AppError(
      'wrong_state',
      `Strata’s own uploads failed under it, so it was taken back at once. ${uploads.reason}`,
    );
  }
  const stored = await Promise.all(
    documents.map(async (one) => ({ ...one, before: one.before ?? null, after: (await readDocument(one)) ?? null })),
  );
  const versioning = await getVersioning(library.bucket);
  await db().$transaction(async (tx) => {
    const { storeId } = await tx.library.findUniqueOrThrow({ where: { id: library.id }, select: { storeId: true } });
    // Other libraries may share the bucket under another root.
    await tx.library.updateMany({
      where: { storeId, bucket: library.bucket },
      data: { versioning, partsNameEncryption: uploads.partsNameEncryption },
    });
    await tx.settingsChange.create({
      data: {
        userId: by.userId,
        libraryId: library.id,
        setting: settingOf(input.guardrail),
        before: { type },
        after: { documents: stored } as object,
      },
    });
    const targets = stored.map(({ kind, name }) => (kind === 'user-policy' ? `policy ${name}` : kind));
    await recordAudit(tx, by, { type, guardrail: input.guardrail, targets }, { libraryId: library.id });
  });
}

async function tryOwnUploads(world: GuardrailWorld) {
  const kit = makeProbeKit(world.bucket);
  const uploads = await probeUploads(kit, world.wanted);
  const failed = kit.steps.find(({ ok }) => ok === false);
  await kit.clean();
  return { ...uploads, reason: failed ? `${failed.text} (${failed.request}).` : '' };
}
