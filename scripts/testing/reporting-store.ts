import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ensureIdentities, startMinio } from '#scripts/services/minio.mjs';
import { findMinio } from '#scripts/services/minio-binary.mjs';
import { makeInstanceFolders } from '#scripts/services/paths.mjs';
import { findFreePort } from '#scripts/services/ports.mjs';
import { makeSecrets } from '#scripts/services/secrets.mjs';

export type ReportingStore = {
  /** The variables of this store, also set in this process. */
  env: Record<string, string>;
  /** What MinIO's webhooks sent so far, as they sent it: each event twice, by the two targets. The test delivers it as badly as it likes. */
  records: unknown[];
  stop: () => Promise<void>;
};

/**
 * A MinIO of this test's own whose webhooks end here and not at the app. From then on this process sees this store, so call it before any
 * feature function.
 */
export async function startReportingStore(): Promise<ReportingStore> {
  const records: unknown[] = [];
  const listener = createServer(async (request, response) => {
    const body = await text(request);
    if (body) records.push(...(JSON.parse(body).Records ?? []));
    response.end('{}');
  });
  await new Promise<void>((resolve) => listener.listen(0, 'localhost', resolve));
  const dir = mkdtempSync(join(tmpdir(), 'strata-store-'));
  const paths = makeInstanceFolders(dir);
  const secrets = makeSecrets() as Parameters<typeof startMinio>[0]['secrets'];
  const binary = await findMinio(() => {});
  if (!binary) throw new Error('There is no MinIO to start.');
  const { service, endpoint } = await startMinio({
    binary,
    dir: paths.store,
    port: await findFreePort(),
    runDir: paths.run,
    logFile: `${paths.logs}/store.log`,
    allowOrigin: '*',
    eventsTo: `http://localhost:${(listener.address() as AddressInfo).port}`,
    secrets,
  });
  const env = {
    S3_ENDPOINT: endpoint,
    ...((await ensureIdentities({ endpoint, secrets })) as Record<string, string>),
    MINIO_ROOT_USER: String(secrets.storeRootUser),
    MINIO_ROOT_PASSWORD: String(secrets.storeRootPassword),
  };
  Object.assign(process.env, env);
  return {
    env,
    records,
    stop: async () => {
      await service.stop();
      listener.closeAllConnections();
      listener.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
