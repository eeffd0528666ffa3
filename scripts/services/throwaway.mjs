import { ensureTiers, startColdStore } from './cold-store.mjs';
import { EVENTS_ARN, ensureIdentities, LOCAL_BUCKET, startMinio } from './minio.mjs';
import { findMinio } from './minio-binary.mjs';
import { instancePaths, makeInstanceFolders } from './paths.mjs';
import { findFreePort, keepPort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { stopLeftovers } from './processes.mjs';
import { keepSecrets } from './secrets.mjs';
import { noStore } from './store.mjs';

/**
 * Starts a Postgres and a MinIO of their own on free ports in `dir`, for tests and development: no durability, one second.
 * Takes up again what is in `dir` already.
 *
 * @param {{ dir: string, say?: (line: string) => void, signal?: AbortSignal, scansAlways?: boolean }} options `scansAlways` as for `startMinio`
 * @returns {Promise<{ env: Record<string, string>, root: { user: string, password: string },
 *   stop: () => Promise<void> }>}
 *   `env` holds the variables of lib/env.ts; `root` is the store's own administrator, which the app never gets
 * @throws StartFailure
 */
export async function startThrowawayServices({ dir, say = () => {}, signal, scansAlways = false }) {
  const paths = makeInstanceFolders(dir);
  await stopLeftovers(instancePaths(dir).run);
  const secrets = keepSecrets(paths.secrets);
  const binary = await findMinio(say, signal);
  if (!binary) throw noStore();
  const files = (name) => ({ runDir: paths.run, logFile: `${paths.logs}/${name}.log` });
  const ports = [await findFreePort(), await findFreePort(), await findFreePort()];
  const [postgresPort, storePort, port] = ports;
  // The store keeps the address of its tiers: a folder that is taken up again must find the cold store where it was.
  const coldPort = await keepPort(paths.ports, 'cold-store', { fixed: true });
  const results = await Promise.allSettled([
    startPostgres({
      dir: paths.postgres,
      port: postgresPort,
      password: secrets.postgresPassword,
      ...files('postgres'),
      throwaway: true,
    }),
    startMinio({
      binary,
      dir: paths.store,
      port: storePort,
      allowOrigin: '*',
      eventsTo: `http://localhost:${port}`,
      secrets,
      scansAlways,
      ...files('store'),
    }),
    startColdStore({ binary, dir: paths.coldStore, port: coldPort, secrets, ...files('cold-store') }),
  ]);
  const stop = async () => {
    // The stores first, as everywhere.
    for (const result of results.toReversed()) if (result.status === 'fulfilled') await result.value.service.stop();
  };
  try {
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    const [{ url }, { endpoint }, cold] = results.map((result) => result.value);
    await ensureTiers({ endpoint, coldEndpoint: cold.endpoint, secrets });
    const env = {
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      DATA_DIR: dir,
      DATABASE_URL: url,
      S3_ENDPOINT: endpoint,
      S3_REGION: 'us-east-1',
      S3_BUCKET: LOCAL_BUCKET,
      S3_FORCE_PATH_STYLE: 'true',
      S3_SSE: 'AES256',
      S3_EVENTS_ARN: EVENTS_ARN,
      S3_EVENTS_TOKEN: secrets.storeEventsToken,
      ...(await ensureIdentities({ endpoint, secrets })),
      NEXTAUTH_SECRET: secrets.nextauthSecret,
      ADMIN_EMAIL: 'admin@strata.local',
      ADMIN_PASSWORD: secrets.adminPassword,
    };
    return { env, root: { user: secrets.storeRootUser, password: secrets.storeRootPassword }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
