import pg from 'pg';
import { StartFailure } from './failure.mjs';
import { keepPort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { supervise } from './supervise.mjs';

const ANSWER_WITHIN_MS = 5_000;
/** Generated columns and `MERGE` are used; the built-in one is 18. */
const OLDEST_MAJOR = 15;

/**
 * The database of this instance: the given one, checked, or the built-in one, started and kept running.
 * @returns {Promise<{ url: string, keeper: null | { stop: () => Promise<void> } }>}
 * @throws StartFailure
 */
export async function startDatabase({ given, paths, secrets, say }) {
  if (given.DATABASE_URL) {
    await checkDatabase(given.DATABASE_URL);
    return { url: given.DATABASE_URL, keeper: null };
  }
  const port = await keepPort(paths.ports, 'postgres');
  const start = () =>
    startPostgres({
      dir: paths.postgres,
      port,
      password: secrets.postgresPassword,
      runDir: paths.run,
      logFile: `${paths.logs}/postgres.log`,
    });
  const { service, url } = await start();
  return { url, keeper: supervise({ service, restart: async () => (await start()).service, say }) };
}

/**
 * Asks a given database whether it is usable.
 * @throws StartFailure, never with the password in it
 */
export async function checkDatabase(url) {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw new StartFailure(
      'DATABASE_URL is no Postgres address.',
      'Give it like this: DATABASE_URL=postgresql://user:password@host:5432/strata',
    );
  }
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname}:${port || 5432}${pathname}`;
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  client.on('error', () => {}); // a connection that breaks is reported by the call that used it
  try {
    await client.connect();
    const { rows } = await client.query('SHOW server_version_num');
    const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
    if (major < OLDEST_MAJOR) {
      throw new StartFailure(
        `The database at ${where} is Postgres ${major}.`,
        `Strata needs ${OLDEST_MAJOR} or newer.`,
      );
    }
  } catch (error) {
    throw error instanceof StartFailure ? error : explain(error, where);
  } finally {
    await client.end().catch(() => {}); // a client that never connected has nothing to end
  }
}

function explain(error, where) {
  const cases = {
    '28P01': ['refused the password.', 'Check user and password in DATABASE_URL.'],
    28000: ['refused the user.', 'Check the user in DATABASE_URL and the server’s pg_hba.conf.'],
    '3D000': ['has no such database.', 'Create it (createdb), or name another one in DATABASE_URL.'],
  };
  const [what, remedy] = cases[error.code] ?? [
    `does not answer (${error.code ?? error.message}).`,
    'Start it, correct DATABASE_URL, or leave DATABASE_URL out to use the built-in one.',
  ];
  return new StartFailure(`The database at ${where} ${what}`, remedy, { cause: error });
}
