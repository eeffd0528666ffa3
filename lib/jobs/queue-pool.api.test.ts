import { Logger, runMigrations, runOnce } from 'graphile-worker';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requireTestDatabase } from '#scripts/testing/library.ts';
import { makeQueuePool } from './queue-pool.ts';

/** A queue of its own: what other tests have left in theirs would change the plan. */
const schema = 'queue_of_a_test';
const options = {
  schema,
  noHandleSignals: true,
  taskList: { nothing: () => {} },
  logger: new Logger(() => () => {}),
};
let pool: pg.Pool;

beforeAll(async () => {
  requireTestDatabase();
  pool = makeQueuePool();
  // What one connection has prepared is asked of it below.
  pool.options.max = 1;
  await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await runMigrations({ ...options, pgPool: pool });
});
afterAll(async () => {
  await pool.query(`DROP SCHEMA ${schema} CASCADE`);
  await pool.end();
});

it('takes a job by the index, however few jobs there were when its connection first looked', async () => {
  await pool.query(`SELECT ${schema}.add_job('nothing')`);
  await runOnce({ ...options, pgPool: pool });
  await pool.query(`VACUUM ANALYZE ${schema}._private_jobs`);
  // Postgres keeps a plan from the sixth time on.
  for (let look = 0; look < 7; look += 1) await runOnce({ ...options, pgPool: pool });
  await pool.query(`
    SELECT count(*) FROM ${schema}.add_jobs(ARRAY(
      SELECT ('nothing', '{}', NULL, NULL, NULL, NULL, NULL, NULL)::${schema}.job_spec FROM generate_series(1, 2000)))`);

  const { rows: statements } = await pool.query<{ name: string }>(
    "SELECT name FROM pg_prepared_statements WHERE name LIKE 'get_job%'",
  );
  expect(statements).toHaveLength(1);
  const { rows } = await pool.query(`EXPLAIN EXECUTE "${statements[0]?.name}"('somebody', '{1}')`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('Index Scan using jobs_main_index');
  expect(plan).not.toContain('Sort');
  expect(plan).not.toContain('Join Filter');
});
