import type { Method } from './define-endpoint.ts';
import type { Route } from './handle-request.ts';

export type Matched = { found: Route & { params: Record<string, string> } } | { found: null; allow: Method[] };

/** Finds the route of a path below /api/v1; fixed segments win over parameters. `allow` lists the methods that the path does have. */
export function matchRoute(routes: Route[], method: string, segments: string[]): Matched {
  const allow: Method[] = [];
  let best: (Route & { params: Record<string, string> }) | null = null;
  let bestParams = Number.POSITIVE_INFINITY;
  for (const candidate of routes) {
    const params = matchTemplate(candidate.endpoint.path, segments);
    if (!params) continue;
    allow.push(candidate.endpoint.method);
    const count = Object.keys(params).length;
    if (candidate.endpoint.method === method && count < bestParams) {
      best = { ...candidate, params };
      bestParams = count;
    }
  }
  return best ? { found: best } : { found: null, allow };
}

function matchTemplate(template: string, segments: string[]): Record<string, string> | null {
  const parts = template.slice(1).split('/');
  if (parts.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] as string;
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return null;
  }
  return params;
}
