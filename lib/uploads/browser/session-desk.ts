import { callApp } from './call-app.ts';
import type { Deps } from './deps.ts';
import { makeItem } from './make-item.ts';
import { findMismatch, type Mismatch } from './match-session.ts';
import { planParts } from './plan-parts.ts';
import { sessionOf } from './start-item.ts';
import { createTimeSlice } from './time-slice.ts';
import type { OpenSession, UploadItem } from './types.ts';
import type { UploadQueue } from './upload-queue.ts';

export type ContinueResult = { ok: true } | { ok: false; mismatch: Mismatch };

/** Unfinished uploads of the past: listed, continued with the file chosen anew, or given up. */
export function createSessionDesk(deps: Deps, queue: () => UploadQueue) {
  const { store, gate, transport, hasher } = deps;

  function take(session: OpenSession) {
    store.setSessions((store.sessions() ?? []).filter((other) => other.id !== session.id));
  }

  async function findOtherContent(session: OpenSession, file: File): Promise<Mismatch | null> {
    if (session.kind !== 'multipart' || session.partSize === null) return null;
    const { storedParts } = await callApp(gate, () => transport.session(session.id));
    const first = storedParts.filter((part) => part.crc64nvme !== null).sort((a, b) => a.number - b.number)[0];
    const planned = first && planParts(file.size, session.partSize)[first.number - 1];
    if (!first || !planned) return null;
    const slice = file.slice(planned.start, planned.end);
    const crc64nvme = await hasher.hash(slice, { order: 0, signal: new AbortController().signal });
    return crc64nvme === first.crc64nvme ? null : { what: 'content' };
  }

  return {
    take,
    /** Asks the server which uploads are unfinished and not being sent by any tab. @throws ApiError */
    async refresh(): Promise<void> {
      const [open, elsewhere] = await Promise.all([
        callApp(gate, () => transport.openSessions()),
        transport.heldElsewhere(),
      ]);
      const here = new Set<string>();
      for (const item of store.items.values()) if (item.session) here.add(item.session.id);
      store.setSessions(open.filter(({ id }) => !elsewhere.has(id) && !here.has(id)));
    },

    /** Takes an unfinished upload up again. Nothing is sent that the store holds already. @throws ApiError, NotReadableError */
    async continueWith(session: OpenSession, file: File): Promise<ContinueResult> {
      const mismatch = findMismatch(session, file) ?? (await findOtherContent(session, file));
      if (mismatch) return { ok: false, mismatch };
      const item = makeItem(store.newBatch(), file, session.library, session.path);
      item.session = sessionOf(session);
      store.add(item);
      take(session);
      queue().enqueue(item, true);
      queue().pump();
      return { ok: true };
    },

    /**
     * Takes up whichever unfinished uploads these files belong to, wherever they were to go.
     * @returns how many of the files belong to one
     */
    async continueAny(files: Iterable<File>): Promise<number> {
      const slice = createTimeSlice();
      let found = 0;
      for (const file of files) {
        const session = (store.sessions() ?? []).find((one) => findMismatch(one, file) === null);
        if (session && (await this.continueWith(session, file)).ok) found += 1;
        await slice();
      }
      return found;
    },

    /** The answer to "this file belongs to an unfinished upload elsewhere". With `accept` it goes there, else to where it was dropped. */
    async answerOffer(item: UploadItem, accept: boolean): Promise<ContinueResult> {
      const { offer, file } = item;
      if (item.state !== 'offer' || !offer || !file) return { ok: true };
      const mismatch = accept ? await findOtherContent(offer, file) : null;
      item.offer = null;
      if (accept && !mismatch) {
        item.path = offer.path;
        item.session = sessionOf(offer);
        take(offer);
      }
      queue().enqueue(item, true);
      queue().pump();
      return mismatch ? { ok: false, mismatch } : { ok: true };
    },

    /** Gives an unfinished upload up: the store drops its parts. @throws ApiError */
    async discard(session: OpenSession): Promise<void> {
      await callApp(gate, () => transport.cancel(session.id));
      take(session);
    },
  };
}
