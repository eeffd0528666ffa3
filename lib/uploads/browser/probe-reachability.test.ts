import { afterEach, expect, test, vi } from 'vitest';
import { probeReachability } from './probe-reachability.ts';

afterEach(() => vi.unstubAllGlobals());

/** Answers as a browser does: what CORS forbids, and what the Fetch standard refuses to send, is a TypeError. */
function stubBrowser(world: { online?: boolean; app: boolean; store: boolean; corsAllowed: boolean }) {
  const asked: string[] = [];
  vi.stubGlobal('navigator', { onLine: world.online ?? true });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push(`${init.method} ${url}`);
    const refuse = () => Promise.reject(new TypeError('Failed to fetch'));
    if (init.mode === 'no-cors' && (init.redirect ?? 'follow') !== 'follow') return refuse();
    if (init.mode === 'no-cors' && !['GET', 'HEAD', 'POST'].includes(init.method ?? 'GET')) return refuse();
    const own = url.startsWith('/');
    if (own ? !world.app : !world.store) return refuse();
    if (!own && init.mode !== 'no-cors' && !world.corsAllowed) return refuse();
    return own ? Response.json({ store: true }) : new Response(null, { status: 403 });
  });
  return asked;
}

const link = 'http://store.test:9000/media/photos/a.jpg?X-Amz-Signature=secret';

test.each([
  [
    { app: true, store: true, corsAllowed: true },
    { online: true, app: true, store: true, cors: true },
  ],
  [
    { app: true, store: true, corsAllowed: false },
    { online: true, app: true, store: true, cors: false },
  ],
  [
    { app: true, store: false, corsAllowed: true },
    { online: true, app: true, store: false, cors: false, server: true },
  ],
  [
    { app: false, store: true, corsAllowed: true },
    { online: true, app: false, store: true, cors: true },
  ],
  [
    { online: false, app: true, store: true, corsAllowed: true },
    { online: false, app: false, store: false, cors: false },
  ],
])('%j', async (world, expected) => {
  stubBrowser(world);
  expect(await probeReachability(link)).toEqual(expected);
});

test('neither the signature nor the object is asked for', async () => {
  const asked = stubBrowser({ app: true, store: true, corsAllowed: true });
  await probeReachability(link);
  expect(asked.sort()).toEqual([
    'GET /healthz',
    'GET http://store.test:9000/media',
    'HEAD http://store.test:9000/media',
  ]);
});

test('before the first link only the app is asked', async () => {
  const asked = stubBrowser({ app: true, store: false, corsAllowed: false });
  expect(await probeReachability(null)).toEqual({ online: true, app: true, store: true, cors: true });
  expect(asked).toEqual(['GET /healthz']);
});
