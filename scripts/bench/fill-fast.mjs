import pg from 'pg';

/** Rows of one statement. */
const batch = 100_000;

/**
 * Fills tables of a benchmark's own database as fast as Postgres takes it: without triggers, without their indexes, which are made again at
 * the end, and on two connections at once. Whoever inserts writes himself what a trigger would have (`searchText`).
 *
 * @param {string[]} tables
 * @param {number} rows
 * @param {(client: import('pg').Client, from: number, to: number) => Promise<unknown>} insert rows with these numbers, both included
 * @param {{ without?: string[] }} options indexes that the benchmark does not need
 */
export async function fillFast(tables, rows, insert, { without = [] } = {}) {
  const clients = [await connect(), await connect()];
  const [client] = clients;
  try {
    const { rows: indexes } = await client.query(
      `SELECT indexname AS name, indexdef AS text FROM pg_indexes
       WHERE tablename = ANY($1) AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
      [tables],
    );
    for (const { name } of indexes) await client.query(`DROP INDEX "${name}"`);
    // Keys of several columns that nothing refers to: filled in another order than theirs they are slow too.
    const { rows: keys } = await client.query(
      `SELECT k.conname AS name, t.relname AS of, pg_get_constraintdef(k.oid) AS text FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
       WHERE k.contype = 'p' AND t.relname = ANY($1) AND cardinality(k.conkey) > 1`,
      [tables],
    );
    for (const { name, of } of keys) await client.query(`ALTER TABLE "${of}" DROP CONSTRAINT "${name}"`);
    let next = 1;
    await Promise.all(
      clients.map(async (one) => {
        while (next <= rows) {
          const from = next;
          next += batch;
          await insert(one, from, Math.min(from + batch - 1, rows));
        }
      }),
    );
    const wanted = [
      ...keys.map(({ name, of, text }) => ({ text: `ALTER TABLE "${of}" ADD CONSTRAINT "${name}" ${text}` })),
      ...indexes.filter(({ name }) => !without.includes(name)),
    ];
    await Promise.all(
      clients.map(async (one) => {
        for (let index = wanted.pop(); index; index = wanted.pop()) await one.query(index.text);
      }),
    );
    await client.query(`VACUUM (ANALYZE) ${tables.map((name) => `"${name}"`).join(', ')}`);
  } finally {
    for (const one of clients) await one.end();
  }
}

async function connect() {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(`SET session_replication_role = replica; SET maintenance_work_mem = '1GB'; SET work_mem = '64MB'`);
  return client;
}
