import { checkReadiness } from '#lib/libraries/check-readiness.ts';

export const dynamic = 'force-dynamic';

/** Database and store answer: a load balancer may send people here. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  const ready = readiness.database && readiness.store;
  return Response.json(readiness, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
