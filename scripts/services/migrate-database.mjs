import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { StartFailure } from './failure.mjs';
import { projectRoot } from './paths.mjs';

/** Any fixed number of our own: two starts on one database take turns. */
const MIGRATION_LOCK = 7_283_640_112;
const BASE_DIR = 'prisma/migrations';

/**
 * Brings the database to the newest migration and returns the names of those applied.
 * Prisma's migration engine runs as WebAssembly over our driver, so that no engine has to be downloaded.
 * A migration and the note that it is done are one transaction, so a start that is killed in between can be repeated.
 *
 * @param {string} connectionString
 * @returns {Promise<string[]>}
 * @throws StartFailure when a migration fails
 */
export async function migrateDatabase(connectionString) {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 10_000 });
  const lock = await pool.connect();
  const scripts = scriptRunner(pool);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await applyPending(pool, scripts);
  } catch (error) {
    throw explain(scripts.failure ?? error);
  } finally {
    lock.release(true); // ends the session, and with it the lock
    await pool.end();
  }
}

async function applyPending(pool, scripts) {
  const schema = readFileSync(join(projectRoot, 'prisma/schema.prisma'), 'utf8');
  const SchemaEngine = await loadEngine();
  const factory = bindMigrationAwareSqlAdapterFactory(withWholeScripts(new PrismaPg(pool), scripts));
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, factory);
  try {
    for (const migrationName of await findUnfinished(pool)) await engine.markMigrationRolledBack({ migrationName });
    const filters = { externalTables: [], externalEnums: [] };
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: readMigrations(), filters });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/** Migrations that were begun and not finished: none of their statements is in the database (see `scriptRunner`). */
async function findUnfinished(pool) {
  const { rows } = await pool.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS known`);
  if (!rows[0].known) return [];
  const answer = await pool.query(
    'SELECT DISTINCT migration_name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  );
  return answer.rows.map((row) => row.migration_name);
}

/**
 * The adapter cuts a script at every semicolon (@prisma/adapter-pg 7.10, executeScript), which breaks function bodies.
 * Postgres takes the whole script in one message, and then runs it as one transaction.
 */
function withWholeScripts(factory, scripts) {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect() {
      const adapter = await factory.connect();
      adapter.executeScript = scripts.run;
      return adapter;
    },
  };
}

function scriptRunner(pool) {
  const names = new Map(
    readMigrations().migrationDirectories.map((entry) => [entry.migrationFile.content.value, entry.path]),
  );
  const runner = {
    /** The database's own error for the script that failed: the engine passes on less. */
    failure: null,
    async run(script) {
      const name = names.get(script);
      // The engine writes the same a moment later; here it is in the transaction of the script itself.
      const done = name
        ? `;\nUPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`
        : '';
      try {
        await pool.query(script + done);
      } catch (error) {
        const line = error.position ? `, line ${script.slice(0, Number(error.position)).split('\n').length}` : '';
        runner.failure = new Error(`${name ?? 'preparation'}${line}: ${error.message}`, { cause: error });
        throw error;
      }
    },
  };
  return runner;
}

async function loadEngine() {
  // The package exports the bindings by name, and its WebAssembly file lies beside them.
  const file = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

function readMigrations() {
  const folder = join(projectRoot, BASE_DIR);
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: BASE_DIR,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(folder, path, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

function explain(error) {
  const reason = String(error?.message ?? error).trim();
  return new StartFailure(
    `The database could not be migrated: ${reason.split('\n').filter(Boolean).slice(0, 6).join(' | ')}.`,
    'Nothing of that migration was kept. Restore the backup made before the update, or mend the database and start again.',
    { cause: error },
  );
}
