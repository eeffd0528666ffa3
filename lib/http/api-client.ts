import type * as z from 'zod';
import type { ErrorCode, FieldError } from '#lib/errors.ts';
import type { AllEndpoints } from './all-endpoints.ts';

type EndpointOf<K extends EndpointKey> = Extract<AllEndpoints, { method: MethodOf<K>; path: PathOf<K> }>;
type MethodOf<K> = K extends `${infer M} ${string}` ? M : never;
type PathOf<K> = K extends `${string} ${infer P}` ? P : never;

/** "POST /libraries/{library}/uploads" and so on: every declared endpoint. */
export type EndpointKey = AllEndpoints extends infer E
  ? E extends { method: infer M extends string; path: infer P extends string }
    ? `${M} ${P}`
    : never
  : never;
export type InputOf<K extends EndpointKey> = z.input<EndpointOf<K>['input']>;
export type OutputOf<K extends EndpointKey> = z.output<EndpointOf<K>['output']>;

/** A failed call, as the server's problem document says it. `code` is `network` when no answer came. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'network';
  readonly status: number;
  readonly detail: string;
  readonly requestId: string | null;
  readonly errors: FieldError[];
  readonly retryAfter: number | null;

  constructor(problem: {
    code: ErrorCode | 'network';
    status: number;
    detail: string;
    requestId?: string | null;
    errors?: FieldError[] | undefined;
    retryAfter?: number | null;
    cause?: unknown;
  }) {
    super(problem.detail, { cause: problem.cause });
    this.name = 'ApiError';
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.requestId = problem.requestId ?? null;
    this.errors = problem.errors ?? [];
    this.retryAfter = problem.retryAfter ?? null;
  }
}

/**
 * Calls one declared endpoint from the browser. Types come from its declaration; no schema is loaded at run time.
 * @throws ApiError with the server's code, or `network` when the app did not answer.
 */
export async function api<K extends EndpointKey>(
  key: K,
  input: InputOf<K>,
  options: { signal?: AbortSignal; keepalive?: boolean } = {},
): Promise<OutputOf<K>> {
  const [method, template] = key.split(' ') as [string, string];
  const rest: Record<string, unknown> = { ...input };
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const inQuery = method === 'GET' || method === 'DELETE';
  const query = new URLSearchParams();
  if (inQuery) {
    for (const [name, value] of Object.entries(rest)) {
      if (value !== undefined && value !== null) query.set(name, String(value));
    }
  }
  const url = `/api/v1${path}${query.size > 0 ? `?${query}` : ''}`;

  let response: Response;
  try {
    response = await fetch(url, {
      method,
      ...(inQuery ? {} : { body: JSON.stringify(rest), headers: { 'content-type': 'application/json' } }),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.keepalive ? { keepalive: true } : {}),
      cache: 'no-store',
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError({ code: 'network', status: 0, detail: 'Strata did not answer. Check the connection.', cause });
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as OutputOf<K>;
}

async function problemOf(response: Response): Promise<ApiError> {
  const problem = await response.json().catch(() => ({}));
  return new ApiError({
    code: problem.code ?? 'internal',
    status: response.status,
    detail: problem.detail ?? `Strata answered ${response.status}.`,
    requestId: problem.requestId ?? response.headers.get('x-request-id'),
    errors: problem.errors,
    retryAfter: Number(response.headers.get('retry-after')) || null,
  });
}
