// Gives the browser's own download a body that a page makes: no file is held in memory, and no byte passes the app. The page hands over a
// port; each pull of the download asks it for the next piece, so that a slow disk slows the page down. See components/organise/zip.
const waiting = new Map();

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  // A browser stops a worker that hears nothing for half a minute, and the download with it.
  if (event.data.kind !== 'offer') return;
  const { id, name, length } = event.data;
  const [port] = event.ports;
  waiting.set(id, { name, length, port });
  port.postMessage({ kind: 'ready' });
});

self.addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  const [, id] = /^\/zip\/stream\/([\w-]+)$/.exec(pathname) ?? [];
  const offer = waiting.get(id);
  if (!offer) return;
  waiting.delete(id);
  event.respondWith(answer(offer));
});

function answer({ name, length, port }) {
  const body = new ReadableStream(
    {
      start(controller) {
        port.onmessage = ({ data }) => {
          if (data.kind === 'piece') controller.enqueue(data.bytes);
          else if (data.kind === 'end') controller.close();
          else if (data.kind === 'fail') controller.error(new Error(data.reason));
          this.pulled?.();
        };
      },
      pull() {
        port.postMessage({ kind: 'pull' });
        return new Promise((resolve) => {
          this.pulled = resolve;
        });
      },
      cancel() {
        port.postMessage({ kind: 'cancel' });
      },
    },
    // One is on its way from the page while another is written.
    { highWaterMark: 2 },
  );
  const asName = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return new Response(body, {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(length),
      'content-disposition': `attachment; filename*=UTF-8''${asName}`,
      'x-content-type-options': 'nosniff',
    },
  });
}
