import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { migrateDatabase } from '../services/migrate-database.mjs';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { startThrowawayServices } from '../services/throwaway.mjs';
import { findListener, treeCpuMs } from './pages/processes.mjs';

/** As the app wants it for everything that it writes: a bare loop encrypts too, so that both sides do the same work at the store. */
export const encrypted = { ServerSideEncryption: 'AES256' };

/**
 * A throwaway Postgres and MinIO with a library and an admin in it, for benchmarks that run operations in their own process beside a bare loop of the SDK.
 * Import what is measured after this: it reads the environment that is set here.
 * @returns `of`: bucket and key as the SDK wants them; `readCpu`: processor time so far of this process, Postgres and the store, ms; `close` stops all
 */
export async function openOwnStore() {
  const dir = mkdtempSync(join(tmpdir(), 'strata-bench-'));
  const running = await startThrowawayServices({ dir, say: () => {} });
  const stop = async () => {
    await running.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const own = await fill(running.env);
    const { closeDb } = await import('../../lib/db.ts');
    return { ...own, close: () => closeDb().then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fill(env) {
  Object.assign(process.env, env, { LOG_LEVEL: 'warn' });
  await migrateDatabase(env.DATABASE_URL);
  await migrateQueue(env.DATABASE_URL);
  const { makeTestLibrary } = await import('../testing/library.ts');
  const home = await makeTestLibrary();
  const client = new S3Client({
    endpoint: env.S3_ENDPOINT,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: env.S3_ACCESS_KEY_ID, secretAccessKey: env.S3_SECRET_ACCESS_KEY },
  });
  const roots = {
    postgres: findListener(Number(new URL(env.DATABASE_URL).port)),
    store: findListener(Number(new URL(env.S3_ENDPOINT).port)),
  };
  return {
    library: home.library,
    actor: await home.makeActor(),
    client,
    of: (Key) => ({ Bucket: home.library.bucket, Key }),
    readCpu: () => {
      const { user, system } = process.cpuUsage();
      const services = Object.entries(roots).map(([name, root]) => [name, treeCpuMs(root)]);
      return { node: (user + system) / 1_000, ...Object.fromEntries(services) };
    },
  };
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** What each process spent between two readings, for each of `count` things. */
export const cpuEach = (before, after, count) =>
  Object.fromEntries(Object.keys(after).map((who) => [who, (after[who] - before[who]) / count]));

/** Medians of several of those, in words. */
export const sayCpu = (list) =>
  Object.keys(list[0])
    .map((who) => `${who} ${median(list.map((one) => one[who])).toFixed(2)}`)
    .join(', ');
