import { createServer, type Server } from 'node:http';
import { log } from '#lib/log.ts';
import { metrics } from './registry.ts';

/** Milliseconds for one scrape; Prometheus gives up after 10 s by default. */
const patience = 8_000;

export type MetricsServer = { port: number; close: () => Promise<void> };

/**
 * Serves `GET /metrics` on a port of its own, which is not the app's and by default answers this machine only.
 * @param port 0 takes a free one
 * @throws Error when the port is taken
 */
export async function serveMetrics({ host, port }: { host: string; port: number }): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    scrape().then(
      (text) => response.writeHead(200, { 'content-type': metrics().register.contentType }).end(text),
      (err: unknown) => {
        // A gauge could not be read, mostly for want of the database: the scrape fails, and Prometheus' `up` says so.
        log().warn({ err }, 'metrics could not be read');
        response.writeHead(503).end();
      },
    );
  });
  await listen(server, host, port);
  // It must not keep a process alive that wants to end.
  server.unref();
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function scrape(): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The metrics were not there within ${patience} ms.`)), patience);
  });
  try {
    return await Promise.race([metrics().register.metrics(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
