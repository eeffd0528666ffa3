import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { StartFailure } from './failure.mjs';

/** Why nothing can listen on the port: an error code such as EADDRINUSE; null when it is free. */
function probePort(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/**
 * Both addresses of `localhost` must be free: a browser tries the other one too and would meet somebody else's server.
 * @throws StartFailure
 */
export async function requireFreePort(port) {
  for (const host of ['127.0.0.1', '::1']) {
    const code = await probePort(port, host);
    if (code === 'EADDRINUSE') {
      throw new StartFailure(
        `Port ${port} is taken by another program.`,
        `Stop that program, or choose another port: PORT=${port + 1} npm start`,
      );
    }
    if (code === 'EACCES') {
      throw new StartFailure(
        `Port ${port} needs more rights than this user has.`,
        'Choose one above 1023: PORT=3000 npm start',
      );
    }
    // EADDRNOTAVAIL, EAFNOSUPPORT: a machine without IPv6.
  }
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
 * Only addresses inside the instance depend on it, so a change is harmless; with `fixed` something remembers the address.
 * @throws StartFailure when a fixed one is taken
 */
export async function keepPort(file, name, { fixed = false } = {}) {
  const kept = readPorts(file);
  if (kept[name] && (await probePort(kept[name], '127.0.0.1')) === null) return kept[name];
  if (kept[name] && fixed) {
    throw new StartFailure(
      `Port ${kept[name]}, where this instance keeps its ${name}, is taken by another program.`,
      'Stop that program and start again; the files that were moved there are found at this port only.',
    );
  }
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
