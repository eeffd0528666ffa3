import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/**
 * Lets a fault test take things away. Its address is in STRATA_TEST_CONTROL; every call is a POST and answers 204 when done:
 * - `/stop/store`, `/start/store`, `/stop/postgres`, `/start/postgres`: away, and back on the same port;
 * - `/kill/worker`, `/kill/web`: SIGKILL; the supervisor starts it again a second later.
 *
 * @param {{ control: Record<string, { start: () => Promise<void>, stop: () => Promise<void> }>, runDir: string }} options
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startTestControl({ control, runDir }) {
  const server = createServer((request, response) => {
    const [, verb, name] = (request.url ?? '').split('/');
    act({ method: request.method, verb, name, control, runDir }).then(
      (known) => response.writeHead(known ? 204 : 404).end(),
      (error) => response.writeHead(500).end(String(error?.message ?? error)),
    );
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function act({ method, verb, name, control, runDir }) {
  if (method !== 'POST') return false;
  if ((verb === 'stop' || verb === 'start') && Object.hasOwn(control, name)) {
    await control[name][verb]();
    return true;
  }
  if (verb === 'kill' && ['web', 'worker'].includes(name)) {
    process.kill(-JSON.parse(readFileSync(join(runDir, `${name}.json`), 'utf8')).pid, 'SIGKILL');
    return true;
  }
  return false;
}
