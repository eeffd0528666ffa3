import { db, type Prisma } from '#lib/db.ts';
import { isStatementTimeout } from '#lib/db-errors.ts';
import { AppError } from '#lib/errors.ts';

/** Milliseconds after which a search is ended: nobody waits longer while typing, and the database has other work. */
export const searchTimeout = 2_500;

/**
 * What one step of a search may hold. With Postgres' own 4 MB the bitmap of a common word in 10 M files forgets which rows it means, and every
 * row of a third of the table is read again: 1.5 s instead of 0.3 s for a word in a large folder.
 */
const stepMemory = '32MB';

/**
 * Runs one query of a search with its limits: ended after 2.5 s, on one processor, planned for its own words. The third is what a
 * prepared statement would lose at its sixth run (23 ms against 2.3 s at 10 M rows), and compiling costs more than it saves here.
 * @throws AppError search_too_slow
 */
export async function withinTime<Row>(query: Prisma.Sql): Promise<Row[]> {
  try {
    const [, rows] = await db().$transaction([
      db()
        .$queryRaw`SELECT set_config('statement_timeout', ${String(searchTimeout)}, true), set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true), set_config('work_mem', ${stepMemory}, true)`,
      db().$queryRaw<Row[]>(query),
    ]);
    return rows;
  } catch (error) {
    if (!isStatementTimeout(error)) throw error;
    throw new AppError(
      'search_too_slow',
      `The search was ended after ${(searchTimeout / 1000).toLocaleString('en')} s. Narrow it by folder or date.`,
      { cause: error },
    );
  }
}
