import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { requireTestDatabase } from './library.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

export type OwnDatabase = {
  url: string;
  /** One statement, for a look from outside the app. */
  query: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;
  remove: () => Promise<void>;
};

/** A migrated database of one test file on the test server, so that it may change what all libraries share (the store's profile, jobs). `empty`: not migrated. */
export async function makeOwnDatabase(options: { server?: string; empty?: boolean } = {}): Promise<OwnDatabase> {
  requireTestDatabase();
  const server = options.server ?? String(process.env.DATABASE_URL);
  const name = `strata_test_${crypto.randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const url = address.href;
  const remove = () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  try {
    if (!options.empty) await runNode('scripts/migrate.mjs', { DATABASE_URL: url });
  } catch (error) {
    await remove();
    throw error;
  }
  const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  return { url, query, remove };
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Runs one of our scripts to its end in a process of its own, which reads another environment than this one.
 * @param env goes over ours; an empty text counts as unset (lib/env.ts)
 * @returns what it printed
 * @throws Error with what it printed when it fails
 */
export async function runNode(script: string, env: Record<string, string>, args: string[] = []): Promise<string> {
  const options = { cwd: root, env: { ...process.env, ...env }, timeout: 60_000 };
  const { stdout } = await run(process.execPath, [script, ...args], options);
  return stdout.trim();
}
