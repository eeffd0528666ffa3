import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureIdentities, startMinio } from '#scripts/services/minio.mjs';
import { findMinio } from '#scripts/services/minio-binary.mjs';
import { findFreePort } from '#scripts/services/ports.mjs';
import { makeSecrets } from '#scripts/services/secrets.mjs';
import { FaultyRelay } from './faulty-relay.ts';

export type SmallStore = {
  /** Which of the two ways it is, for people. */
  how: string;
  env: Record<string, string>;
  /** Takes the last byte of its disk. */
  fill: () => void;
  /** Gives it back. */
  free: () => void;
  stop: () => Promise<void>;
};

const diskMiB = 96;

/**
 * A store whose disk can be filled: a MinIO on a small disk in memory where we may mount one (root on Linux), else a relay before the test
 * store that answers as a full one does.
 */
export async function startSmallStore(): Promise<SmallStore> {
  const dir = mkdtempSync(join(tmpdir(), 'strata-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMiB}m`, 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    rmSync(dir, { recursive: true });
    return startFullRelay();
  }
  const unmount = () => {
    execFileSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true });
  };
  try {
    const binary = await findMinio(() => {});
    if (!binary) throw new Error('There is no MinIO to start. `npm test` says how to get one.');
    const secrets = makeSecrets() as Parameters<typeof startMinio>[0]['secrets'] & Record<string, string>;
    const files = { runDir: join(dir, 'run'), logFile: join(dir, 'store.log') };
    mkdirSync(files.runDir);
    chmodSync(dir, 0o755);
    const place = { binary, dir: join(dir, 'store'), port: await findFreePort(), allowOrigin: '*' };
    const { service, endpoint } = await startMinio({ ...place, ...files, secrets });
    const filler = join(dir, 'filler');
    return {
      how: `a MinIO on a disk of ${diskMiB} MiB`,
      // It was started without a webhook: it knows no target for events.
      env: {
        S3_ENDPOINT: endpoint,
        S3_EVENTS_ARN: '',
        S3_EVENTS_TOKEN: '',
        ...((await ensureIdentities({ endpoint, secrets })) as Record<string, string>),
      },
      fill() {
        // The pieces shrink, so that the last block is taken too.
        for (let size = 1024 ** 2; size >= 1024; size = size / 4) {
          while (tryAppend(filler, size));
        }
      },
      free: () => rmSync(filler, { force: true }),
      async stop() {
        await service.stop();
        unmount();
      },
    };
  } catch (error) {
    unmount();
    throw error;
  }
}

function tryAppend(file: string, size: number): boolean {
  try {
    appendFileSync(file, Buffer.alloc(size, 1));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

async function startFullRelay(): Promise<SmallStore> {
  const relay = await FaultyRelay.before(String(process.env.S3_ENDPOINT));
  return {
    how: 'a relay that answers 507 XMinioStorageFull (no right to mount a small disk here)',
    env: { S3_ENDPOINT: relay.url },
    fill: () => relay.spoil(100, 'full'),
    free: () => relay.mend(),
    stop: () => relay.close(),
  };
}
