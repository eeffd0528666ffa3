import { runMigrations } from 'graphile-worker';

/**
 * Brings the job queue's own tables (schema `graphile_worker`) up to date. Idempotent; graphile-worker takes its own lock.
 * @param {string} connectionString
 */
export async function migrateQueue(connectionString) {
  await runMigrations({ connectionString });
}
