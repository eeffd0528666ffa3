import { stampAddresses } from '#lib/auth/client-address.ts';
import { env } from '#lib/env.ts';
import { countRequests } from '#lib/metrics/count-requests.ts';
import { definePoolGauge } from '#lib/metrics/pool-gauge.ts';
import { serveMetrics } from '#lib/metrics/serve-metrics.ts';
import { boundStoreCalls } from '#lib/storage/store-gate.ts';
import { drainOnSignal } from './drain.ts';
import { refuseMethods } from './refuse-methods.ts';

/** Requests to the store at once in a web process, as many as the SDK has sockets for, and how many more stand in line. */
const storeCalls = { atOnce: 48, waiting: 144, waitMs: 5_000 };

/** What a web process does once, before its first request. @throws Error when the port of the metrics is taken */
export async function startWebProcess(): Promise<void> {
  const { METRICS_HOST, METRICS_PORT, DRAIN_SECONDS } = env();
  stampAddresses();
  countRequests();
  refuseMethods();
  definePoolGauge();
  boundStoreCalls(storeCalls);
  drainOnSignal(DRAIN_SECONDS);
  if (METRICS_PORT > 0) await serveMetrics({ host: METRICS_HOST, port: METRICS_PORT });
}
