import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase } from '../services/migrate-database.mjs';
import { migrateQueue } from '../services/migrate-queue.mjs';
import { findFreePort } from '../services/ports.mjs';
import { startPostgres } from '../services/postgres.mjs';

/** Nothing listens there: a benchmark that asks the store fails. */
const noStore = 'http://127.0.0.1:9';

/**
 * A throwaway Postgres with the whole schema, and an environment in which the feature functions of this process find it.
 * Import `lib/db.ts` after this only: the environment is read once.
 * `BENCH_DATABASE=folder` keeps it there, for the next benchmark on the same rows: ten million take minutes to fill.
 *
 * @returns {Promise<{ stop: () => Promise<void> }>} `stop` ends the server and removes its files, unless they are kept
 */
export async function startBenchDatabase() {
  const kept = process.env.BENCH_DATABASE;
  const dir = kept || mkdtempSync(join(tmpdir(), 'strata-bench-'));
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o711); // Postgres may run as a user of its own and must pass through
  const { service, url } = await startPostgres({
    dir: join(dir, 'postgres'),
    port: await findFreePort(),
    password: 'postgres-of-a-bench',
    runDir: dir,
    logFile: join(dir, 'postgres.log'),
    throwaway: true,
    // As a machine that holds millions of files would have.
    settings: {
      shared_buffers: '2GB',
      effective_cache_size: '8GB',
      max_wal_size: '16GB',
      wal_level: 'minimal',
      max_wal_senders: 0,
    },
  });
  const stop = async () => {
    await service.stop();
    if (!kept) rmSync(dir, { recursive: true, force: true });
  };
  try {
    Object.assign(process.env, {
      DATABASE_URL: url,
      S3_BUCKET: 'bench',
      S3_ENDPOINT: noStore,
      NEXTAUTH_SECRET: 'bench-0123456789abcdef0123456789abcdef',
    });
    await migrateDatabase(url);
    await migrateQueue(url);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The library `bench`, indexed and empty, with its root folder.
 * @param db the database client
 * @param {{ assetCount?: number }} rollup of the root, as it will be when the benchmark has filled it
 */
export async function makeBenchLibrary(db, { assetCount = 0 } = {}) {
  const store = await db.store.create({ data: { endpoint: noStore, capabilities: {}, probedAt: new Date() } });
  const library = await db.library.create({
    data: {
      slug: 'bench',
      name: 'Bench',
      storeId: store.id,
      bucket: 'bench',
      createdByApp: true,
      versioning: 'enabled',
      indexedAt: new Date(),
    },
  });
  const root = await db.folder.create({ data: { libraryId: library.id, path: '', name: '', assetCount, bytes: 0 } });
  return { library, root };
}
