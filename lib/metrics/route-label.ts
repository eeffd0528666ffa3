import { allEndpoints } from '#lib/http/all-endpoints.ts';
import type { Endpoint } from '#lib/http/define-endpoint.ts';

const endpoints: Endpoint[] = Object.values(allEndpoints);
const templates = endpoints.map(({ path }) => path.slice(1).split('/'));
/** Labels of endpoints that are held open on purpose. */
export const waitingRoutes = new Set(endpoints.filter(({ waits }) => waits).map(({ path }) => `/api/v1${path}`));
/** First parts of addresses that are counted under their own name. */
const areas = new Set(
  ['account', 'activity', 'admin', 'browse', 'healthz', 'readyz', 'restore', 's', 'sign-in', 'trash', 'uploads'].concat(
    ['_next', 'docs', 'search'],
  ),
);

/** An address as a label of a metric: the endpoint's template, the area of a page, or `other`. Bounded, and without names in it. */
export function routeLabel(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  const [first = '', ...rest] = path.split('/').filter(Boolean);
  if (first === '') return '/';
  if (first === 'metrics') return 'metrics';
  if (first !== 'api') return areas.has(first) ? `/${first}` : 'other';
  if (rest[0] !== 'v1') return rest[0] === 'auth' || rest[0] === 'openapi.json' ? `/api/${rest[0]}` : 'other';
  const segments = rest.slice(1);
  const fits = (template: string[]) =>
    template.length === segments.length &&
    template.every((part, index) => part.startsWith('{') || part === segments[index]);
  // Fixed parts win over parameters, as in routing.
  const found = templates
    .filter(fits)
    .sort(
      (a, b) => a.filter((part) => part.startsWith('{')).length - b.filter((part) => part.startsWith('{')).length,
    )[0];
  return found ? `/api/v1/${found.join('/')}` : 'other';
}
