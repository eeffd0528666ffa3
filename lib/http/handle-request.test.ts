import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { AppError } from '#lib/errors.ts';
import { defineEndpoint } from './define-endpoint.ts';
import { handleRequest, route } from './handle-request.ts';

const base = 'http://localhost:3000/api/v1';
const actor: Actor = { userId: 1n, name: 'A', email: 'a@test.invalid', via: 'session', sessionId: null, grants: [] };
const echo = defineEndpoint({
  method: 'POST',
  path: '/things/{id}',
  summary: 'Echo',
  permission: 'contributor',
  input: z.object({ id: z.string(), name: z.string().min(2) }),
  output: z.object({ id: z.string(), name: z.string() }),
});

const call = (init: RequestInit, options: { run?: () => Promise<{ id: string; name: string }>; who?: Actor } = {}) => {
  const run = options.run ?? (async (_: Actor, input: { id: string; name: string }) => input);
  const request = new Request(`${base}/things/9`, { method: 'POST', ...init });
  return handleRequest(request, { ...route(echo, run), params: { id: '9' } }, async () => options.who ?? actor);
};
const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
});

beforeEach(() => {
  for (const [name, value] of Object.entries({
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    S3_BUCKET: 'b',
    NEXTAUTH_SECRET: 'x'.repeat(32),
    LOG_LEVEL: 'silent',
  })) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => vi.unstubAllEnvs());

describe('handleRequest', () => {
  it('merges path parameters and body, and answers what the schema lets out', async () => {
    const response = await call(json({ name: 'ok', secret: 'kept in' }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: '9', name: 'ok' });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('does not let the body stand in for a path parameter', async () => {
    expect(await (await call(json({ id: '10', name: 'ok' }))).json()).toEqual({ id: '9', name: 'ok' });
  });

  it.each([
    ['no JSON type', { body: '{}', headers: { 'sec-fetch-site': 'same-origin' } }, 400, 'invalid_request'],
    ['broken JSON', { body: '{', headers: json({}).headers }, 400, 'invalid_request'],
    ['an array', { body: '[]', headers: json({}).headers }, 400, 'invalid_request'],
    ['a missing field', json({}), 400, 'invalid_request'],
    ['another site', json({ name: 'ok' }, { 'sec-fetch-site': 'cross-site' }), 403, 'cross_site'],
    ['a sibling origin', json({ name: 'ok' }, { 'sec-fetch-site': 'same-site' }), 403, 'cross_site'],
    ['over 1 MiB', json({ name: 'x'.repeat(1024 * 1024) }), 413, 'too_large'],
  ])('refuses %s', async (_, init, status, code) => {
    const response = await call(init as RequestInit);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code, status });
  });

  it('names the fields that are wrong', async () => {
    expect(await (await call(json({ name: 'x' }))).json()).toMatchObject({ errors: [{ path: 'name' }] });
  });

  it('asks no origin of a token, which no browser sends by itself', async () => {
    const init = { body: '{"name":"ok"}', headers: { 'content-type': 'application/json' } };
    expect((await call(init, { who: { ...actor, via: 'token' } })).status).toBe(200);
    expect((await call(init)).status).toBe(403);
  });

  it('lets an AppError out as a problem with its retry time', async () => {
    const response = await call(json({ name: 'ok' }), {
      run: async () => {
        throw new AppError('store_unavailable', 'The store is away.', { retryAfter: 7 });
      },
    });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
  });

  it('hides the cause of an unknown error', async () => {
    const response = await call(json({ name: 'ok' }), {
      run: async () => {
        throw new Error('password=hunter2');
      },
    });
    expect(response.status).toBe(500);
    expect(JSON.stringify(await response.json())).not.toContain('hunter2');
  });

  it('calls a database that is away 503', async () => {
    const response = await call(json({ name: 'ok' }), {
      run: async () => {
        throw Object.assign(new Error('connect'), { cause: { code: 'ECONNREFUSED' } });
      },
    });
    expect(await response.json()).toMatchObject({ code: 'database_unavailable' });
  });

  it('keeps a harmless request id and replaces another', async () => {
    expect((await call(json({ name: 'ok' }, { 'x-request-id': 'trace-12345' }))).headers.get('x-request-id')).toBe(
      'trace-12345',
    );
    expect((await call(json({ name: 'ok' }, { 'x-request-id': 'a b' }))).headers.get('x-request-id')).not.toBe('a b');
  });
});
