import { completeItem } from './complete-item.ts';
import { type Deps, type Run, SessionGone } from './deps.ts';
import { failureFrom } from './failure.ts';
import { sendParts } from './send-parts.ts';
import { sendSingle } from './send-single.ts';
import { startItem } from './start-item.ts';
import type { ExistingAsset, UploadItem } from './types.ts';

/** A session that vanished is replaced by a new one this often before a person is asked. */
const restarts = 2;
/** Completion may find parts missing that we believe to have sent. */
const resends = 2;

export type DriveHooks = {
  /** The bytes are with the store: the next file may begin. */
  onSent: () => void;
  onCompleted: (item: UploadItem) => void;
  onClash: (item: UploadItem, existing: ExistingAsset | null, late: boolean) => void;
};

/**
 * Takes one file from where it is to its end: reserved, sent, verified. Ends quietly when paused or cancelled, and with a reason
 * in the item when it fails. An error never gives up the session at the store; only cancel does.
 */
export async function driveItem(deps: Deps, item: UploadItem, signal: AbortSignal, hooks: DriveHooks): Promise<void> {
  const file = item.file;
  if (!file) return;
  const run: Run = { deps, item, file, signal };
  let letGo: () => void = () => {};
  let anew = 0;
  let again = 0;
  try {
    for (;;) {
      try {
        if (!item.session) {
          const started = await startItem(run);
          signal.throwIfAborted();
          if (started.kind === 'clash') return hooks.onClash(item, started.existing, false);
        }
        const session = item.session as NonNullable<UploadItem['session']>;
        if (session.kind === 'multipart') {
          letGo();
          letGo = deps.transport.hold(session.id);
          await sendParts(run, session);
        } else {
          await sendSingle(run, session);
        }
        hooks.onSent();
        const end = await completeItem(run, session);
        signal.throwIfAborted();
        if (end.kind === 'clash') return hooks.onClash(item, end.existing, true);
        if (end.kind === 'completed') {
          item.asset = end.asset;
          item.path = end.asset?.path ?? item.path;
          return hooks.onCompleted(item);
        }
        again += 1;
        if (again > resends) throw new Error('the store keeps losing parts of it');
        session.checkStored = true;
      } catch (error) {
        if (!(error instanceof SessionGone) || anew >= restarts) throw error;
        anew += 1;
        forgetSession(deps, item);
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    item.failure = failureFrom(error);
    if (item.session?.kind !== 'multipart') deps.store.setSent(item, 0);
    deps.store.setState(item, 'failed');
  } finally {
    letGo();
    item.bytes = null;
    hooks.onSent();
  }
}

export function forgetSession(deps: Pick<Deps, 'store'>, item: UploadItem): void {
  item.session = null;
  item.parts = null;
  deps.store.setSent(item, 0);
}
