/** The process is alive. It asks nobody else, so that a slow store does not get it restarted. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({ alive: true });
}
