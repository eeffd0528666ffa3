import type * as z from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { log, withLogContext } from '#lib/log.ts';
import type { Endpoint } from './define-endpoint.ts';
import { draining, requireRoom } from './load.ts';
import { problemResponse } from './problem.ts';
import { requireSameOrigin } from './same-origin.ts';

/** JSON only and small: media never passes here (DESIGN invariant 1). 100 files with 1,024-byte paths need about 200 KB. */
const maxBodyBytes = 1024 * 1024;
/** Milliseconds from which an answer that changed nothing is worth a line in the log. */
const slow = 1_000;

/** Facts about the request that a feature may record, never the request itself. */
export type RequestInfo = {
  requestId: string;
  signal: AbortSignal;
  /** Secret of the Authorization header, for endpoints that no person calls; null elsewhere. */
  bearer: string | null;
};
// biome-ignore lint/suspicious/noExplicitAny: a route table holds handlers of every shape; `route` checks each pair.
export type Route = { endpoint: Endpoint; run: (actor: Actor, input: any, info: RequestInfo) => Promise<unknown> };

/** Binds an endpoint to the feature function that answers it; types of both sides are checked here. */
export function route<E extends Endpoint>(
  endpoint: E,
  run: (actor: Actor, input: z.output<E['input']>, info: RequestInfo) => Promise<z.input<E['output']>>,
): Route {
  return { endpoint, run };
}

/** Stands where an endpoint that a store calls has no person: no grants, so no feature function lets it in. */
const nobody: Actor = { userId: 0n, name: '', email: '', via: 'token', sessionId: null, grants: [] };

type ResolveActor = (request: Request) => Promise<Actor>;
type Found = Route & { params: Record<string, string> };

/** One API request from header to answer: id, room, actor, origin, input, feature function, output, errors. */
export function handleRequest(request: Request, found: Found, resolveActor: ResolveActor): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  return withLogContext({ requestId }, async () => {
    try {
      return await answerRequest(request, found, resolveActor, requestId);
    } catch (error) {
      return problemResponse(error, requestId);
    }
  });
}

async function answerRequest(
  request: Request,
  { endpoint, run, params }: Found,
  resolveActor: ResolveActor,
  requestId: string,
): Promise<Response> {
  const started = performance.now();
  requireRoom(endpoint.waits ? 'waiting' : 'api', env().MAX_REQUESTS);
  const byStore = endpoint.permission === 'store';
  const bearer = byStore ? readBearer(request.headers) : null;
  const actor = byStore ? nobody : await resolveActor(request);
  if (endpoint.permission === 'session' && actor.via !== 'session') {
    throw new AppError('forbidden', 'This can be done from a signed-in browser only, not with an API token.');
  }
  if (endpoint.method !== 'GET' && actor.via === 'session') requireSameOrigin(request.headers);
  const input = await readInput(request, endpoint, params);
  const signal = endpoint.waits ? AbortSignal.any([request.signal, draining.signal]) : request.signal;
  const output = endpoint.output.parse(await run(actor, input, { requestId, signal, bearer }));
  const ms = Math.round(performance.now() - started);
  const level = (endpoint.method !== 'GET' && !byStore) || (ms >= slow && !endpoint.waits) ? 'info' : 'debug';
  log()[level]({ endpoint: `${endpoint.method} ${endpoint.path}`, userId: String(actor.userId), ms }, 'answered');
  return answer(endpoint, output, requestId);
}

/** An incoming id is kept when it is harmless in a log line, so that a proxy's trace goes on. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id');
  return given && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
}

/** @throws AppError unauthenticated when there is none */
function readBearer(headers: Headers): string {
  const secret = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (secret) return secret;
  throw new AppError('unauthenticated', 'Send the token of this library: Authorization: Bearer <token>.');
}

async function readInput(request: Request, endpoint: Endpoint, params: Record<string, string>): Promise<unknown> {
  const rest =
    endpoint.method === 'GET' || endpoint.method === 'DELETE'
      ? Object.fromEntries(new URL(request.url).searchParams)
      : await readJson(request);
  const result = endpoint.input.safeParse({ ...rest, ...params });
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const first = errors[0];
  throw new AppError(
    'invalid_request',
    first ? `${first.path || 'The body'}: ${first.message}` : 'The request is not valid.',
    { errors },
  );
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new AppError('invalid_request', 'Send a JSON body with Content-Type: application/json.');
  }
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw bodyTooLarge();
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength > maxBodyBytes) throw bodyTooLarge();
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw new AppError('invalid_request', 'The body is not valid JSON in UTF-8.', { cause });
  }
  throw new AppError('invalid_request', 'The body must be a JSON object.');
}

function bodyTooLarge(): AppError {
  return new AppError('too_large', 'The body is over 1 MiB. Send fewer items at once; files go straight to the store.');
}

function answer(endpoint: Endpoint, output: unknown, requestId: string): Response {
  const headers = { 'cache-control': 'no-store', 'x-request-id': requestId };
  if (endpoint.answer === 'redirect') {
    return new Response(null, {
      status: 302,
      headers: { ...headers, location: (output as { location: string }).location, 'referrer-policy': 'no-referrer' },
    });
  }
  return new Response(JSON.stringify(output), {
    status: endpoint.answer === 'created' ? 201 : 200,
    headers: { ...headers, 'content-type': 'application/json' },
  });
}
