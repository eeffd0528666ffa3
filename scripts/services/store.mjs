import { checkStore } from './check-store.mjs';
import { ensureTiers, startColdStore } from './cold-store.mjs';
import { startComposeStore } from './compose-store.mjs';
import { StartFailure } from './failure.mjs';
import { EVENTS_ARN, ensureIdentities, LOCAL_BUCKET, startMinio } from './minio.mjs';
import { findMinio, hasDockerCompose } from './minio-binary.mjs';
import { keepPort } from './ports.mjs';
import { supervise } from './supervise.mjs';

/**
 * The store of this instance: the given one, checked, or a local MinIO with three identities of its own.
 * @returns {Promise<{ env: Record<string, string>, keeper: null | { stop: () => Promise<void> }, local: boolean }>} `env` holds S3_*
 * @throws StartFailure
 */
export async function startStore({ given, externalStore, appUrl, port: appPort, paths, secrets, say, signal }) {
  const asked = Object.fromEntries(Object.entries(given).filter(([name]) => name.startsWith('S3_')));
  if (externalStore) {
    await checkStore(asked);
    return { env: asked, keeper: null, local: false };
  }
  const port = await keepPort(paths.ports, 'store');
  const common = { port, allowOrigin: new URL(appUrl).origin, eventsTo: `http://localhost:${appPort}`, secrets };
  const { endpoint, keeper, sendsEvents } = await startLocal({ common, paths, say, signal });
  const env = {
    S3_ENDPOINT: endpoint,
    S3_REGION: 'us-east-1',
    S3_BUCKET: LOCAL_BUCKET,
    S3_FORCE_PATH_STYLE: 'true',
    // The store in a container cannot reach an app that listens on this machine's own addresses only.
    ...(sendsEvents ? { S3_EVENTS_ARN: EVENTS_ARN, S3_EVENTS_TOKEN: secrets.storeEventsToken } : {}),
    ...(await ensureIdentities({ endpoint, secrets })),
    ...asked,
  };
  return { env, keeper, local: true };
}

async function startLocal({ common, paths, say, signal }) {
  const binary = await findMinio(say, signal);
  if (binary) {
    const start = () =>
      startMinio({ ...common, binary, dir: paths.store, runDir: paths.run, logFile: `${paths.logs}/store.log` });
    const cold = await keepPort(paths.ports, 'cold-store', { fixed: true });
    const startCold = () =>
      startColdStore({
        binary,
        port: cold,
        secrets: common.secrets,
        dir: paths.coldStore,
        runDir: paths.run,
        logFile: `${paths.logs}/cold-store.log`,
      });
    const [hot, far] = await startBoth(start, startCold);
    await ensureTiers({ endpoint: hot.endpoint, coldEndpoint: far.endpoint, secrets: common.secrets });
    const keepers = [
      supervise({ service: hot.service, restart: async () => (await start()).service, say }),
      supervise({ service: far.service, restart: async () => (await startCold()).service, say }),
    ];
    const stop = (deadline) => Promise.all(keepers.map((keeper) => keeper.stop(deadline)));
    return { endpoint: hot.endpoint, sendsEvents: true, keeper: { name: 'store', stop } };
  }
  if (hasDockerCompose()) {
    say('starting the local store with docker compose');
    return { ...(await startComposeStore({ ...common, paths })), sendsEvents: false };
  }
  throw noStore();
}

/** Both at once; when one does not start the other is stopped. */
async function startBoth(...starts) {
  const results = await Promise.allSettled(starts.map((start) => start()));
  const failed = results.find(({ status }) => status === 'rejected');
  if (!failed) return results.map(({ value }) => value);
  for (const { value } of results) await value?.service.stop();
  throw failed.reason;
}

/** The one line for a machine that has no way to run a store. */
export function noStore() {
  return new StartFailure(
    'There is no S3 store to use: no S3_ENDPOINT is given, no "minio" program is on PATH, and neither Go nor Docker is there to provide one.',
    'Install Go 1.24 or newer (https://go.dev/dl/) and start again, or give S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
  );
}
