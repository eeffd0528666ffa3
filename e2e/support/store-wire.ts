import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { storeEndpoint } from './environment.ts';

/** What a PUT that the browser sends meets on its way: `pass`; `hold`, where it arrives nowhere until `release`; `cut`, a broken line. */
type Fate = 'pass' | 'hold' | 'cut';

/**
 * The wire between one browser context and the store: an HTTP proxy that the context is given (`proxy: wire.proxy`). What passes is the
 * real request and the real answer; a test can take the CORS headers away, hold requests back and break them off. Nothing is intercepted
 * inside the browser, which would answer preflights by itself.
 */
export async function openStoreWire() {
  const store = new URL(storeEndpoint);
  const held: { request: IncomingMessage; response: ServerResponse }[] = [];
  const sent: string[] = [];
  const wire = {
    /** Answers go without any `access-control-*`, as from a bucket without a CORS rule. */
    withoutCors: false,
    /** Asked for each PUT, with its URL. */
    fate: (_: URL): Fate => 'pass',
  };

  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '', storeEndpoint);
    const onward = http.request(
      {
        host: store.hostname,
        port: store.port,
        method: request.method,
        path: url.pathname + url.search,
        headers: request.headers,
      },
      (answer) => {
        const headers = Object.fromEntries(
          Object.entries(answer.headers).filter(([name]) => !wire.withoutCors || !name.startsWith('access-control-')),
        );
        response.writeHead(answer.statusCode ?? 502, headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '', storeEndpoint);
    if (request.method !== 'PUT') return forward(request, response);
    const fate = wire.fate(url);
    if (fate === 'cut') return void request.socket.destroy();
    if (fate === 'hold') return void held.push({ request, response });
    sent.push(url.searchParams.get('partNumber') ?? url.pathname.split('/').pop() ?? '');
    forward(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return Object.assign(wire, {
    /** For `browser.newContext`: everything but the app, which has the name localhost; also what is on this machine. */
    proxy: { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>,localhost' },
    /** Part numbers, or file names, of the PUTs that were let through, in order. */
    sent,
    heldCount: () => held.length,
    release() {
      for (const { request, response } of held.splice(0)) {
        const url = new URL(request.url ?? '', storeEndpoint);
        sent.push(url.searchParams.get('partNumber') ?? url.pathname.split('/').pop() ?? '');
        forward(request, response);
      }
    },
    /** The held ones are cut off and no other comes through, as when a cable is pulled. A browser tries a kept connection twice. */
    cutAll() {
      wire.fate = () => 'cut';
      for (const { request } of held.splice(0)) request.socket.destroy();
    },
    close() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
export type StoreWire = Awaited<ReturnType<typeof openStoreWire>>;
