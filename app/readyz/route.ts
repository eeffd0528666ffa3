import { draining } from '#lib/http/load.ts';
import { checkReadiness } from '#lib/libraries/check-readiness.ts';

export const dynamic = 'force-dynamic';

/** Database and store answer, and the process is not about to end: a load balancer may send people here. */
export async function GET(): Promise<Response> {
  const answer = (body: object, status: number) =>
    Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
  if (draining.signal.aborted) return answer({ stopping: true }, 503);
  const readiness = await checkReadiness();
  return answer(readiness, readiness.database && readiness.store ? 200 : 503);
}
