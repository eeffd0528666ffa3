import { type StoreAnswer, sendOwnRequest } from './send-own-request.ts';
import type { ObjectRef } from './types.ts';

/**
 * One HEAD of our own: it counts where every uploaded file is asked for.
 * @returns null for anything but 200, 404 and 405, when nothing came, and for keys that no URL can hold: then the SDK asks
 */
export async function askStore(ref: ObjectRef, query: Record<string, string>): Promise<StoreAnswer | null> {
  const headers = { 'x-amz-checksum-mode': 'ENABLED' };
  const answer = await sendOwnRequest({ call: 'HeadObject', method: 'HEAD', ref, query, headers });
  return answer && [200, 404, 405].includes(answer.status) ? answer : null;
}
