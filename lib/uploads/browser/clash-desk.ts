import { callApp } from './call-app.ts';
import type { Deps } from './deps.ts';
import { forgetSession } from './drive-item.ts';
import { failureFrom } from './failure.ts';
import type { ClashChoice, ExistingAsset, UploadItem } from './types.ts';
import type { UploadQueue } from './upload-queue.ts';

/** Where a person decides about names that are taken: before a byte is sent, or late when someone else was faster. */
export function createClashDesk(deps: Deps, queue: () => UploadQueue) {
  const { store, gate, transport } = deps;

  async function decide(item: UploadItem, choice: ClashChoice, forAll = false): Promise<void> {
    if (forAll) item.batch.policy = choice;
    const asked = forAll ? [...store.items.values()].filter((other) => other.batch === item.batch) : [item];
    await Promise.all(asked.map((one) => (one.state === 'clash' ? answer(one, choice) : undefined)));
    queue().pump();
  }

  async function answer(item: UploadItem, choice: ClashChoice): Promise<void> {
    const { existing, late } = item.clash ?? { existing: null, late: false };
    const session = item.session;
    item.clash = null;
    store.setState(item, choice === 'skip' ? 'skipped' : 'waiting');
    try {
      if (late && session) {
        if (choice === 'replace' && existing) {
          await callApp(gate, () => transport.replace(session.id, existing.versionId));
          return queue().enqueue(item, true);
        }
        await callApp(gate, () => transport.cancel(session.id));
        forgetSession(deps, item);
      }
      if (choice === 'skip') {
        item.file = null;
        return;
      }
      item.decision =
        choice === 'replace' && existing
          ? { ifExists: 'replace', expectedVersionId: existing.versionId }
          : { ifExists: choice === 'rename' ? 'rename' : 'fail' };
      queue().enqueue(item, true);
    } catch (error) {
      item.failure = failureFrom(error);
      store.setState(item, 'failed');
    }
  }

  function onClash(item: UploadItem, existing: ExistingAsset | null, late: boolean) {
    item.clash = { existing, late };
    store.setState(item, 'clash');
    const { policy } = item.batch;
    // A decision for all holds for those found later too, but a version that appeared after the decision is asked about.
    if (policy !== 'ask' && (policy !== 'replace' || (item.decision === null && existing !== null)))
      void decide(item, policy);
  }

  return { decide, onClash };
}
