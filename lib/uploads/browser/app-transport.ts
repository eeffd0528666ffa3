import { api } from '#lib/http/api-client.ts';
import { probeReachability } from './probe-reachability.ts';
import { heldSessions, holdSession } from './session-locks.ts';
import type { OpenSession, Transport } from './types.ts';
import { xhrPut } from './xhr-put.ts';

/** The real world: Strata's API, the store by presigned URLs, the browser's network events and locks. */
export const appTransport: Transport = {
  start: async (library, files) => (await api('POST /libraries/{library}/uploads', { library, files })).results,
  sign: async (ids) => (await api('POST /uploads/sign', { ids })).results,
  signParts: async (id, parts) => (await api('POST /uploads/{id}/parts', { id, parts })).parts,
  complete: async (ids) => (await api('POST /uploads/complete', { ids })).results,
  replace: async (id, expectedVersionId) => {
    await api('POST /uploads/{id}/decide', { id, ifExists: 'replace', expectedVersionId });
  },
  cancel: async (id) => {
    await api('DELETE /uploads/{id}', { id });
  },
  session: (id) => api('GET /uploads/{id}', { id }),
  openSessions: async () => {
    const all: OpenSession[] = [];
    let cursor: string | undefined;
    do {
      const page = await api('GET /uploads', { state: 'open', cursor });
      all.push(...page.uploads);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return all;
  },
  put: xhrPut,
  probe: probeReachability,
  onOnline: (listener) => {
    addEventListener('online', listener);
    return () => removeEventListener('online', listener);
  },
  hold: holdSession,
  heldElsewhere: heldSessions,
};
