import { describe, expect, it } from 'vitest';
import { allEndpoints } from '#lib/http/all-endpoints.ts';
import { routes } from './handlers.ts';

const nameOf = (endpoint: { method: string; path: string }) => `${endpoint.method} ${endpoint.path}`;

describe('the route table', () => {
  it('answers every declared endpoint once, and nothing else', () => {
    const declared = Object.values(allEndpoints).map(nameOf).sort();
    expect(routes.map(({ endpoint }) => nameOf(endpoint)).sort()).toEqual(declared);
    expect(new Set(declared).size).toBe(declared.length);
  });

  it('takes every path parameter as an input field', () => {
    for (const { endpoint } of routes) {
      const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
      expect(Object.keys(endpoint.input.shape), nameOf(endpoint)).toEqual(expect.arrayContaining(names));
    }
  });
});
