import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { StartFailure } from './failure.mjs';
import { projectRoot } from './paths.mjs';

const run = promisify(execFile);

/**
 * The store of deploy/store.compose.yml, for a machine with Docker and without Go. Its data lies in DATA_DIR like MinIO's own.
 * Without the proxy of docker-compose.yml, as the built one: it listens on this machine only.
 *
 * @returns {Promise<{ endpoint: string, keeper: { stop: () => Promise<void> } }>}
 * @throws StartFailure
 */
export async function startComposeStore({ port, allowOrigin, secrets, paths }) {
  const project = `strata-${createHash('sha256').update(paths.dataDir).digest('hex').slice(0, 8)}`;
  const env = {
    ...process.env,
    STORE_PORT: String(port),
    STORE_DATA: paths.store,
    STORE_ROOT_USER: secrets.storeRootUser,
    STORE_ROOT_PASSWORD: secrets.storeRootPassword,
    STORE_KMS_SECRET_KEY: secrets.storeKmsKey,
    APP_URL: allowOrigin,
  };
  const compose = (...args) =>
    run('docker', ['compose', '-f', 'deploy/store.compose.yml', '-p', project, ...args], { cwd: projectRoot, env });
  mkdirSync(paths.store, { recursive: true, mode: 0o700 }); // Docker would make it with everybody's right to look
  try {
    await compose('up', '--detach', '--wait', 'local-store');
  } catch (error) {
    throw new StartFailure(
      `docker compose could not start the store: ${String(error.stderr || error.message)
        .trim()
        .split('\n')
        .at(-1)}`,
      `Look at it with: docker logs ${project}-local-store-1. Or install Go, or give S3_ENDPOINT.`,
      { cause: error },
    );
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    keeper: { name: 'store', stop: async () => void (await compose('stop', 'local-store')) },
  };
}
