import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from './failure.mjs';
import { findOnPath } from './find-on-path.mjs';
import { cacheFolder } from './paths.mjs';

/** The last commit of the community edition (archived since; its images and packages are gone, so it is built). */
const MINIO_MODULE = 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c';
const CACHED_NAME = 'minio-20260212201848';

/**
 * A MinIO server program: from PATH, from the per-user cache, or built into the cache with Go (about 2 minutes, once).
 * Null when there is none and no Go to build it with.
 *
 * @param {(line: string) => void} say told before the long step
 * @param {AbortSignal} [signal] ends the build
 * @throws StartFailure when the build fails
 */
export async function findMinio(say, signal) {
  const onPath = findOnPath('minio');
  if (onPath) return onPath;
  const cached = join(cacheFolder(), CACHED_NAME);
  if (existsSync(cached)) return cached;
  const go = findOnPath('go') ?? ['/usr/local/go/bin/go', '/usr/lib/go/bin/go'].find((path) => existsSync(path));
  if (!go) return null;
  say('building the local store (MinIO) with Go; once for this user, about 2 minutes');
  await buildWithGo(go, cached, signal);
  return cached;
}

/** Whether `docker compose` exists and its engine answers. */
export function hasDockerCompose() {
  try {
    execFileSync('docker', ['compose', 'version'], { stdio: 'ignore', timeout: 10_000 });
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false; // no client, no compose plug-in, or no engine: all mean that this way is closed
  }
}

/** Built beside its final place and renamed, so that two starts at once or a Ctrl-C never leave half a program. */
async function buildWithGo(go, target, signal) {
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(), 'build-'));
  try {
    const output = await run(
      go,
      ['install', MINIO_MODULE],
      { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
      signal,
    );
    if (output.code !== 0) {
      throw new StartFailure(
        `Building MinIO with Go failed: ${output.text.trim().split('\n').at(-1)}`,
        'Check the network and the Go version (1.24 or newer), put a "minio" program on PATH, or give S3_ENDPOINT.',
      );
    }
    renameSync(join(folder, 'minio'), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command, args, env, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (text = (text + chunk).slice(-20_000)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
