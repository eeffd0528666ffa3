import type * as z from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: the least that is asked. The feature function decides for the actual paths and ids. */
export type Permission =
  | 'signed-in'
  | 'viewer'
  | 'contributor'
  | 'admin'
  | 'library-admin'
  | 'session'
  /** No person at all: the feature function judges the bearer secret (`RequestInfo.bearer`). */
  | 'store';

export type Endpoint<
  M extends Method = Method,
  P extends string = string,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
> = {
  readonly method: M;
  /** Below /api/v1, with `{name}` for path parameters: `/libraries/{library}/entries`. */
  readonly path: P;
  readonly summary: string;
  readonly permission: Permission;
  /** Path parameters by name; the rest comes from the query (GET, DELETE) or the JSON body. */
  readonly input: I;
  readonly output: O;
  /** 201 for things made; `redirect` answers 302 with `Location: output.location`. */
  readonly answer?: 'ok' | 'created' | 'redirect';
  /** Held open on purpose until something happens: counted apart from the requests that work. */
  readonly waits?: true;
};

/** Declares an endpoint. Routing, validation, the OpenAPI document and the browser client all read this one object. */
export function defineEndpoint<M extends Method, P extends string, I extends z.ZodObject, O extends z.ZodType>(
  endpoint: Endpoint<M, P, I, O>,
): Endpoint<M, P, I, O> {
  return endpoint;
}
