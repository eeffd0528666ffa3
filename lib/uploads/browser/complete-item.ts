import type { AssetEntry } from '#lib/assets/schema.ts';
import { backoffMs, sleep } from './backoff.ts';
import { type Run, SessionGone } from './deps.ts';
import { appFailure, UploadFailed } from './failure.ts';
import type { ExistingAsset, ItemSession } from './types.ts';

export type Completed =
  | { kind: 'completed'; asset: AssetEntry | null }
  | { kind: 'send_again' }
  | { kind: 'clash'; existing: ExistingAsset | null };

/** AWS may take minutes to complete a large upload; asked again after 1, 2, 4, 8 and then every 10 s. */
const longestPauseMs = 10_000;
/** One file's verification may find the store or the database away while others went well. Over two minutes in all. */
const patience = 12;
const isAway = (code: string) =>
  code === 'store_unavailable' || code === 'database_unavailable' || code === 'rate_limited';

/** Has the server verify what the store holds. @throws UploadFailed, SessionGone, the signal's reason */
export async function completeItem({ deps, item, signal }: Run, session: ItemSession): Promise<Completed> {
  deps.store.setState(item, 'verifying');
  for (let asked = 0; ; asked += 1) {
    const result = await deps.completes.add(session.id);
    if (result.ok) {
      if (result.state === 'completed') return { kind: 'completed', asset: result.asset };
      await sleep(Math.min(longestPauseMs, 1000 * 2 ** asked), signal);
      continue;
    }
    const { code } = result.error;
    if (isAway(code) && asked < patience) {
      await sleep(backoffMs(asked), signal);
      continue;
    }
    if (code === 'upload_incomplete') return { kind: 'send_again' };
    if (code === 'path_exists' || code === 'version_changed') return { kind: 'clash', existing: result.existing };
    if (code === 'upload_expired' || code === 'not_found') throw new SessionGone();
    throw new UploadFailed(appFailure(result.error));
  }
}
