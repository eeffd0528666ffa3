import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Whether something can listen on the port now. `host` undefined means every address. */
export function isPortFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port of 127.0.0.1 that is free at this moment. */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * The port that this instance used last time for a service, when it is still free; else a new one, kept in `file`.
 * Only addresses inside the instance depend on it, so a change is harmless.
 */
export async function keepPort(file, name) {
  const kept = readPorts(file);
  if (kept[name] && (await isPortFree(kept[name]))) return kept[name];
  const port = await findFreePort();
  writeFileSync(file, `${JSON.stringify({ ...readPorts(file), [name]: port }, null, 2)}\n`);
  return port;
}

function readPorts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}
