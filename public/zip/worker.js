// Gives the browser's own download a body that a page makes: no file is held in memory, and no byte passes the app. Who makes it hands over a
// port; the download asks for pieces as it takes them, a few ahead, so that a slow disk slows the store down. See components/organise/zip.
const waiting = new Map();

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  // A browser stops a worker that hears nothing for half a minute, and the download with it.
  if (event.data.kind !== 'offer') return;
  // A page that was loaded before pieces were asked for ahead gives them one by one.
  const { id, name, length, ahead = 1, reuses = false } = event.data;
  const [port] = event.ports;
  waiting.set(id, { name, length, ahead, reuses, port });
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

function answer({ name, length, ahead, reuses, port }) {
  // Those that wait here and those on their way are as many together as may be asked for at once, and one more that is written.
  const room = ahead + 1;
  /** Pieces that wait here or are being taken, the oldest first. */
  const held = [];
  /** Pieces that are on their way. */
  let asked = 0;
  const body = new ReadableStream(
    {
      start(controller) {
        port.onmessage = ({ data }) => {
          if (data.kind === 'piece') {
            asked -= 1;
            controller.enqueue(data.bytes);
            if (reuses) held.push(data.bytes);
            this.pull(controller);
          } else if (data.kind === 'end') controller.close();
          else if (data.kind === 'fail') controller.error(new Error(data.reason));
        };
      },
      pull(controller) {
        // Whoever reads a body has copied one piece before it asks for the next: all but the last that was taken are done with.
        while (held.length > room - controller.desiredSize + 1) {
          const { buffer } = held.shift();
          port.postMessage({ kind: 'spent', buffer }, [buffer]);
        }
        while (asked < Math.min(ahead, controller.desiredSize)) {
          asked += 1;
          port.postMessage({ kind: 'pull' });
        }
      },
      cancel() {
        port.postMessage({ kind: 'cancel' });
      },
    },
    { highWaterMark: room },
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
