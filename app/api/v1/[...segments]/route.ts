import { resolveActor } from '#lib/auth/resolve-actor.ts';
import { AppError } from '#lib/errors.ts';
import { handleRequest, requestIdOf } from '#lib/http/handle-request.ts';
import { matchRoute } from '#lib/http/match-route.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { routes } from '../handlers.ts';

/** The one door of the API: finds the declared endpoint, the rest is `handleRequest`. */
async function answer(request: Request, context: { params: Promise<{ segments: string[] }> }): Promise<Response> {
  const { segments } = await context.params;
  const matched = matchRoute(routes, request.method, segments);
  if (matched.found) return handleRequest(request, matched.found, resolveActor);
  const requestId = requestIdOf(request.headers);
  const detail =
    matched.allow.length > 0
      ? `This address takes ${matched.allow.join(', ')}.`
      : 'There is no such address. /api/openapi.json lists all of them.';
  return problemResponse(new AppError('not_found', detail), requestId);
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
