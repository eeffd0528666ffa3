import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Methods that a fetch `Request` must not have (Fetch Standard, "forbidden method"): Next makes one of each request, and fails with a bare 500. */
const forbidden = new Set(['TRACE', 'TRACK', 'CONNECT']);

/** Gives those methods a name that Next refuses by itself, with 400 or 405. Called once at start (start-web-process.ts). */
export function refuseMethods(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    if (forbidden.has(request.method ?? '')) request.method = 'REFUSED';
  });
}
