import { singlePutBytes } from '../limits.ts';
import { planParts } from '../part-plan.ts';
import type { StartFile } from '../schema.ts';
import { callApp } from './call-app.ts';
import type { Run } from './deps.ts';
import { appFailure, UploadFailed } from './failure.ts';
import { findMismatch } from './match-session.ts';
import { timed } from './timed-request.ts';
import type { ExistingAsset, ItemSession, OpenSession, StartResult, UploadItem } from './types.ts';

export type Started = { kind: 'started' } | { kind: 'clash'; existing: ExistingAsset | null };

/** Hashes what goes in one PUT, asks for the path, and keeps the instructions in the item. @throws UploadFailed, ApiError, the signal's reason */
export async function startItem(run: Run): Promise<Started> {
  const { deps, item, file, signal } = run;
  if (item.size <= singlePutBytes && item.crc64nvme === null) {
    deps.store.setState(item, 'hashing');
    const read = await deps.hasher.read(file, { order: item.id, signal });
    item.crc64nvme = read.crc64nvme;
    item.bytes = read.bytes;
  }
  if (item.size > singlePutBytes && deps.slots.busy() === 0) run.firstPart = readAhead(run);
  const result = await deps.starts.add(item);
  if (result.ok) {
    if (item.state === 'cancelled') {
      await callApp(deps.gate, () => deps.transport.cancel(result.id));
      throw signal.reason;
    }
    attach(item, result);
    return { kind: 'started' };
  }
  const { code } = result.error;
  if (code === 'path_exists' || code === 'version_changed') return { kind: 'clash', existing: result.existing };
  if (code === 'path_reserved') {
    const own = await findOwnReservation(run);
    if (own) {
      item.session = sessionOf(own);
      return { kind: 'started' };
    }
  }
  throw new UploadFailed(appFailure(result.error));
}

/** With nothing on the way the first part is hashed while the app answers: a third of the time until its first byte is sent. */
function readAhead({ deps, item, file, signal }: Run): Run['firstPart'] {
  const plan = planParts(item.size);
  if (plan.kind === 'single') return undefined;
  const crc64nvme = deps.hasher.hash(file.slice(0, plan.partSize), { order: item.id, signal });
  // Its error is told by whoever uses it; a start that fails first has its own.
  crc64nvme.catch(() => undefined);
  return { bytes: plan.partSize, crc64nvme };
}

/** The body of one file in a start call. */
export function startFileOf(item: UploadItem): StartFile {
  const modified = new Date(item.lastModified);
  const year = modified.getUTCFullYear();
  return {
    path: item.path,
    size: item.size,
    contentType: item.contentType,
    ...(item.crc64nvme !== null ? { crc64nvme: item.crc64nvme } : {}),
    // Outside these years ISO 8601 needs a sign, which RFC 3339 has not.
    ...(year >= 0 && year <= 9999 ? { modifiedAt: modified.toISOString() } : {}),
    ifExists: item.decision?.ifExists ?? (item.batch.policy === 'rename' ? 'rename' : 'fail'),
    ...(item.decision?.expectedVersionId ? { expectedVersionId: item.decision.expectedVersionId } : {}),
  };
}

function attach(item: UploadItem, { id, path, plan }: Extract<StartResult, { ok: true }>): void {
  item.path = path;
  item.session =
    plan.kind === 'single'
      ? { id, kind: 'single', partSize: item.size, partCount: 1, request: timed(plan), checkStored: false }
      : {
          id,
          kind: 'multipart',
          partSize: plan.partSize,
          partCount: plan.partCount,
          request: null,
          checkStored: false,
        };
}

export function sessionOf(open: OpenSession): ItemSession {
  return {
    id: open.id,
    kind: open.kind,
    partSize: open.partSize ?? open.size,
    partCount: open.partCount ?? 1,
    request: null,
    checkStored: true,
  };
}

/** The path may be reserved by ourselves: the answer to an earlier start was lost, or the page was reloaded. */
async function findOwnReservation({ deps, item, signal }: Run): Promise<OpenSession | null> {
  const open = await callApp(deps.gate, () => deps.transport.openSessions(), signal);
  const own = open.find((s) => s.library === item.library && s.path === item.path && findMismatch(s, item) === null);
  if (!own || (await deps.transport.heldElsewhere()).has(own.id)) return null;
  for (const other of deps.store.items.values()) if (other !== item && other.session?.id === own.id) return null;
  return own;
}
