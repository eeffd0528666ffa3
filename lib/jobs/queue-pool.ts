import type pg from 'pg';
import { makePool } from '#lib/db.ts';
import { log } from '#lib/log.ts';

/** Seconds after which a connection is closed once it is free: graphile-worker also gives back one whose last query got no answer. */
const lifetime = 60;
/** Connections at once: one that listens, one a job to take and end it, and some to spare. */
const connections = 10;

/**
 * Taking a job and ending it need not be on disk before the work goes on (docs/decisions/072): it is lost only when Postgres itself crashes in
 * the same moment, and then the job is done again, as after the end of a worker. Adding a job goes by other connections, and waits.
 */
const keepsWithoutWaiting = 'SET synchronous_commit = off';

/**
 * A job is taken by the index that holds them in order, planned for the queue as it is (docs/decisions/077). A plan that was kept from when
 * the queue was empty reads and sorts all that wait, for each job: 3 to 5 ms at 10,000, until the table is analysed again. Planning must not
 * think of merge joins: it would look for the lowest id each time, and walk over all jobs that have ended and were not vacuumed yet.
 */
const plansForTheQueueAsItIs =
  'SET plan_cache_mode = force_custom_plan; SET enable_sort = off; SET enable_mergejoin = off';

/**
 * The connections of graphile-worker. Its own wait without end for a Postgres that does not answer; here a query ends after 32 s and a
 * connection is given or refused within 5 s (lib/db.ts), and the queue asks again. What left queues that took no job was another fault
 * (notice-deaf-queue.ts).
 */
export function makeQueuePool(): pg.Pool {
  const pool = makePool(connections, {
    maxLifetimeSeconds: lifetime,
    // Waited for before anybody gets the connection, though its type says nothing of that (pg-pool 3.14, `newClient`).
    onConnect: (client): Promise<unknown> => client.query(`${keepsWithoutWaiting}; ${plansForTheQueueAsItIs}`),
  });
  // One that breaks while it is in use: whoever waits for its answer is told by the answer.
  pool.on('connect', (client) => {
    client.on('error', ({ message }) => log().warn({ reason: message }, 'a connection of the queue broke'));
  });
  return pool;
}
