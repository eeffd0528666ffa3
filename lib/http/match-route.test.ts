import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineEndpoint } from './define-endpoint.ts';
import { route } from './handle-request.ts';
import { matchRoute } from './match-route.ts';

const endpoint = <P extends string>(method: 'GET' | 'POST', path: P) =>
  route(
    defineEndpoint({ method, path, summary: '', permission: 'viewer', input: z.object({}), output: z.object({}) }),
    async () => ({}),
  );
const routes = [
  endpoint('GET', '/uploads/{id}'),
  endpoint('POST', '/uploads/complete'),
  endpoint('POST', '/uploads/{id}/parts'),
];

describe('matchRoute', () => {
  it.each([
    ['GET', 'uploads/7', '/uploads/{id}', { id: '7' }],
    ['POST', 'uploads/complete', '/uploads/complete', {}],
    ['POST', 'uploads/a b/parts', '/uploads/{id}/parts', { id: 'a b' }],
  ])('%s %s', (method, path, template, params) => {
    const { found } = matchRoute(routes, method, path.split('/'));
    expect(found?.endpoint.path).toBe(template);
    expect(found?.params).toEqual(params);
  });

  it('says which methods an address has', () => {
    expect(matchRoute(routes, 'GET', ['uploads', '7', 'parts'])).toEqual({ found: null, allow: ['POST'] });
  });

  it('finds nothing for another length', () => {
    expect(matchRoute(routes, 'GET', ['uploads'])).toEqual({ found: null, allow: [] });
  });
});
