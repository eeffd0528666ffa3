import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; requests wait at most 25 s (changes), store calls at most 5 min (copies). */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

function makeMetrics() {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  return {
    register,
    requests: new Counter({
      name: 'strata_http_requests_total',
      help: 'Answers of the web process. The route is that of the endpoint, never an address.',
      labelNames: ['method', 'route', 'status'] as const,
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'strata_http_request_seconds',
      help: 'Time to the end of the answer.',
      labelNames: ['method', 'route'] as const,
      buckets,
      registers,
    }),
    shed: new Counter({
      name: 'strata_http_shed_total',
      help: 'Requests that were answered 503 at once, because too many were under way.',
      registers,
    }),
    storeCalls: new Counter({
      name: 'strata_store_calls_total',
      help: 'Requests to the store by kind (HeadObject) and outcome (ok, absent, refused, busy, timeout, away, fault); each try counts.',
      labelNames: ['call', 'outcome'] as const,
      registers,
    }),
    storeSeconds: new Histogram({
      name: 'strata_store_call_seconds',
      help: 'Time of one try of a request to the store.',
      labelNames: ['call'] as const,
      buckets,
      registers,
    }),
    jobs: new Counter({
      name: 'strata_jobs_total',
      help: 'Ends of jobs in this worker: done, retry (it comes again), failed (it does not).',
      labelNames: ['job', 'outcome'] as const,
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'strata_job_seconds',
      help: 'Run time of a job.',
      labelNames: ['job'] as const,
      buckets,
      registers,
    }),
    jobWaitSeconds: new Histogram({
      name: 'strata_job_wait_seconds',
      help: 'From the time a job was due to its start.',
      labelNames: ['job'] as const,
      buckets,
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof makeMetrics>;

// Next keeps several module graphs in one process; what is counted belongs to the process.
const holder = globalThis as { strataMetrics?: Metrics };

/** The metrics of this process. Labels come from fixed lists only, so that their number is bounded. */
export function metrics(): Metrics {
  holder.strataMetrics ??= makeMetrics();
  return holder.strataMetrics;
}

/** A gauge whose value is asked for when Prometheus asks; a failure leaves it out of that answer and is the scrape's own. */
export function defineGauge(options: {
  name: string;
  help: string;
  labelNames?: string[];
  read: (set: (value: number, labels?: Record<string, string>) => void) => Promise<void> | void;
}): void {
  new Gauge({
    name: options.name,
    help: options.help,
    labelNames: options.labelNames ?? [],
    registers: [metrics().register],
    async collect() {
      this.reset();
      await options.read((value, labels) => (labels ? this.set(labels, value) : this.set(value)));
    },
  });
}
