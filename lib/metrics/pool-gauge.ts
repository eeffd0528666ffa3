import { poolState } from '#lib/db.ts';
import { defineGauge } from './registry.ts';

/** Connections of this process to Postgres. `waiting` above 0 for long means that DATABASE_POOL_MAX is too small, or the database too slow. */
export function definePoolGauge(): void {
  defineGauge({
    name: 'strata_db_pool',
    help: 'Connections to Postgres: open, idle, and callers that wait for one.',
    labelNames: ['state'],
    read(set) {
      for (const [state, value] of Object.entries(poolState())) set(value, { state });
    },
  });
}
