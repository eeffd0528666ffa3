import { createServer, connect as dial } from 'node:net';

/**
 * A TCP relay before the store that lets every piece of data wait for half a round trip, so that a store on this machine is as far away
 * as one in a data centre. It models no bandwidth and no loss (performance.md section 0.6).
 *
 * @param {{ target: string, rttMs: number }} options `target` is the store's address, such as http://127.0.0.1:9000
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startDelayRelay({ target, rttMs }) {
  const { hostname, port } = new URL(target);
  const open = new Set();
  const server = createServer({ noDelay: true }, (near) => {
    const far = dial({ host: hostname, port: Number(port), noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      open.add(from);
      const later = (act) => setTimeout(() => to.writable && act(), rttMs / 2);
      // Whoever sends faster than the other side reads is held back.
      from.on('data', (data) => {
        later(() => {
          if (!to.write(data)) {
            from.pause();
            to.once('drain', () => from.resume());
          }
        });
      });
      from.on('end', () => later(() => to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
