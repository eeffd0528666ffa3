import { type Run, SessionGone } from './deps.ts';
import { appFailure, UploadFailed } from './failure.ts';
import { sendBody } from './send-body.ts';
import { isStale, timed } from './timed-request.ts';
import type { ItemSession, TimedRequest } from './types.ts';

/** The server has moved the session on already; completion tells where to. */
class AlreadyMoved extends Error {}

/** One PUT of the whole file. A conflict is not an error here: completion finds out whose object is there. */
export async function sendSingle(run: Run, session: ItemSession): Promise<void> {
  const { deps, item, file } = run;
  const link = async (fresh: boolean): Promise<TimedRequest> => {
    if (!fresh && session.request && !isStale(session.request)) return session.request;
    const result = await deps.signs.add(session.id);
    if (!result.ok) {
      if (result.error.code === 'wrong_state') throw new AlreadyMoved();
      if (result.error.code === 'upload_expired' || result.error.code === 'not_found') throw new SessionGone();
      throw new UploadFailed(appFailure(result.error));
    }
    session.request = timed(result.plan);
    return session.request;
  };
  try {
    await sendBody(run, {
      body: item.bytes ?? file,
      link,
      onProgress: (bytes) => deps.store.setSent(item, bytes),
      onActive: () => {},
    });
  } catch (error) {
    if (!(error instanceof AlreadyMoved)) throw error;
  } finally {
    // An answered link is used up; its bytes are there or something else is.
    session.request = null;
    item.bytes = null;
  }
}
