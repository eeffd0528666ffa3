import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { env } from '#lib/env.ts';

/** Set by us on every request, over whatever the client sent under this name. */
const stamp = 'x-strata-address';

/**
 * Writes the address of the socket into each request that this process gets. Next hides the socket and keeps an X-Forwarded-For
 * that the client made up, so without this anybody could choose the address that their failed sign-ins are counted under.
 * Called once at start (instrumentation.ts).
 */
export function stampAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[stamp] = request.socket.remoteAddress ?? '';
  });
}

/** Where a request came from, as text for people: behind N trusted proxies the Nth X-Forwarded-For entry from the right, else the socket. */
export function addressOf(headers: Headers, trustedProxies: number = env().TRUSTED_PROXIES): string {
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim());
  const told = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined;
  const address = told || headers.get(stamp) || 'unknown';
  // IPv4 inside IPv6, as Node writes it on a dual-stack socket.
  return address.replace(/^::ffff:(?=\d+\.)/, '').slice(0, 64);
}

/** What failed sign-ins are counted under: the address, for IPv6 its /64, since one subscriber has at least that many. */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) {
    const rest = tail.split(':').filter(Boolean);
    while (groups.length + rest.length < 8) groups.push('0');
    groups.push(...rest);
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
