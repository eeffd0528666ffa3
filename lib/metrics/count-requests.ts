import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { draining, type LoadKind, load } from '#lib/http/load.ts';
import { metrics } from './registry.ts';
import { routeLabel, waitingRoutes } from './route-label.ts';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Counts what this process answers, pages and API alike, from Node's own channel: Next shows a server neither its start nor its end.
 * Called once at start (instrumentation.ts). An answer whose reader left counts with status 499, as nginx writes it.
 */
export function countRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const route = routeLabel(request.url ?? '');
    if (route === 'metrics') return;
    const started = performance.now();
    const method = methods.has(request.method ?? '') ? String(request.method) : 'other';
    const kind = loadKindOf(route);
    if (kind) load[kind] += 1;
    // A connection that is kept alive would carry the next request into the end.
    if (draining.signal.aborted) response.setHeader('connection', 'close');
    response.once('close', () => {
      if (kind) load[kind] -= 1;
      const status = response.writableFinished ? response.statusCode : 499;
      metrics().requests.inc({ method, route, status: String(status) });
      metrics().requestSeconds.observe({ method, route }, (performance.now() - started) / 1000);
    });
  });
}

/** Static files and health checks are not counted: they must be answered whatever the load. */
function loadKindOf(route: string): LoadKind | null {
  if (waitingRoutes.has(route)) return 'waiting';
  if (route.startsWith('/api/')) return 'api';
  return ['/_next', '/healthz', '/readyz', 'other'].includes(route) ? null : 'page';
}
