import { expect, it } from 'vitest';
import { allEndpoints } from '#lib/http/all-endpoints.ts';
import { routeLabel } from './route-label.ts';

it.each([
  ['/', '/'],
  ['/browse/my-library/secret/folder?q=x', '/browse'],
  ['/api/v1/libraries/my-library/entries?path=a%2F', '/api/v1/libraries/{library}/entries'],
  ['/api/v1/uploads/complete', '/api/v1/uploads/complete'],
  ['/api/v1/uploads/8d1f', '/api/v1/uploads/{id}'],
  ['/api/v1/nothing/here', 'other'],
  ['/api/auth/callback/credentials', '/api/auth'],
  ['/wp-login.php', 'other'],
  ['/_next/static/chunks/a.js', '/_next'],
])('%s counts as %s', (url, label) => expect(routeLabel(url)).toBe(label));

it('names every endpoint by its template', () => {
  for (const { path } of Object.values(allEndpoints)) {
    expect(routeLabel(`/api/v1${path.replace(/\{\w+\}/g, '7')}`)).toBe(`/api/v1${path}`);
  }
});
