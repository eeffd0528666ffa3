import { ensureIdentities, startMinio } from './minio.mjs';
import { findMinio } from './minio-binary.mjs';
import { instancePaths, makeInstanceFolders } from './paths.mjs';
import { findFreePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { stopLeftovers } from './processes.mjs';
import { keepSecrets } from './secrets.mjs';
import { LOCAL_BUCKET, noStore } from './store.mjs';

/**
 * Starts a Postgres and a MinIO of their own on free ports in `dir`, for tests and development: no durability, one second.
 * Takes up again what is in `dir` already.
 *
 * @param {{ dir: string, say?: (line: string) => void, allowOrigin?: string, appPort?: number }} options
 * @returns {Promise<{ env: Record<string, string>, root: { user: string, password: string }, services: object[], stop: () => Promise<void> }>}
 *   `env` holds the variables of lib/env.ts; `root` is the store's own administrator, which the app never gets.
 * @throws StartFailure
 */
export async function startThrowawayServices({ dir, say = () => {}, allowOrigin = '*', appPort }) {
  const paths = makeInstanceFolders(dir);
  await stopLeftovers(instancePaths(dir).run);
  const secrets = keepSecrets(paths.secrets);
  const binary = await findMinio(say);
  if (!binary) throw noStore();
  const started = [];
  const stop = async () => {
    for (const service of started.toReversed()) await service.stop();
  };
  try {
    const files = (name) => ({ runDir: paths.run, logFile: `${paths.logs}/${name}.log` });
    const results = await Promise.allSettled([
      startPostgres({
        dir: paths.postgres,
        port: await findFreePort(),
        password: secrets.postgresPassword,
        ...files('postgres'),
        throwaway: true,
      }),
      startMinio({ binary, dir: paths.store, port: await findFreePort(), allowOrigin, secrets, ...files('store') }),
    ]);
    for (const result of results) if (result.status === 'fulfilled') started.push(result.value.service);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    const [postgres, store] = results.map((result) => result.value);
    const port = appPort ?? (await findFreePort());
    const env = {
      PORT: String(port),
      APP_URL: `http://localhost:${port}`,
      DATA_DIR: dir,
      DATABASE_URL: postgres.url,
      S3_ENDPOINT: store.endpoint,
      S3_REGION: 'us-east-1',
      S3_BUCKET: LOCAL_BUCKET,
      S3_FORCE_PATH_STYLE: 'true',
      S3_SSE: 'AES256',
      ...(await ensureIdentities({ endpoint: store.endpoint, secrets })),
      NEXTAUTH_SECRET: secrets.nextauthSecret,
      ADMIN_EMAIL: 'admin@strata.local',
      ADMIN_PASSWORD: secrets.adminPassword,
    };
    return { env, root: { user: secrets.storeRootUser, password: secrets.storeRootPassword }, services: started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
