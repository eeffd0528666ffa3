import { api, type InputOf } from '#lib/http/api-client.ts';

type Seen = NonNullable<InputOf<'POST /admin/libraries/{library}/guardrails/check'>['browser']>;

/**
 * A real preflight and PUT from this very browser. That the store lets the page read nothing is a finding, not a fault.
 * @throws ApiError when the app gives no link
 */
export async function browserPut(library: string): Promise<Seen> {
  const { key, body, put } = await api('POST /admin/libraries/{library}/guardrails/browser-probe', { library });
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const answer = await fetch(put.url, { method: 'PUT', headers: put.headers, body, credentials: 'omit' });
    return { key, status: answer.status, etagReadable: answer.headers.get('etag') !== null, ms: ms() };
  } catch {
    // The browser tells a page no more than that.
    return { key, status: null, etagReadable: false, ms: ms() };
  }
}
