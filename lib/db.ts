import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '#lib/env.ts';
import { Prisma, PrismaClient } from '#lib/generated/prisma/client.ts';
import { log } from '#lib/log.ts';

export { Prisma };
export type Db = PrismaClient;
/** A transaction: what `db().$transaction` hands to its callback. Functions that write rows take one of these. */
export type Tx = Prisma.TransactionClient;

// Next keeps several module graphs in one process (pages, route handlers); the pool belongs to the process.
const holder = globalThis as { strataDb?: PrismaClient; strataPool?: pg.Pool };

/**
 * The database client of this process: one pool of `DATABASE_POOL_MAX` connections, made at the first call.
 * Waiting for a connection and single statements are bounded, so that a slow database sheds load instead of piling it up.
 */
export function db(): PrismaClient {
  holder.strataDb ??= new PrismaClient({
    adapter: new PrismaPg(pool()),
    transactionOptions: { maxWait: 5_000, timeout: 30_000 },
  });
  return holder.strataDb;
}

function pool(): pg.Pool {
  holder.strataPool ??= makePool();
  return holder.strataPool;
}

/**
 * Connections on which nothing waits for ever. Whoever asks for a pool of his own ends it himself.
 * @param max connections at once
 * @param own settings over ours
 */
export function makePool(max = env().DATABASE_POOL_MAX, own: pg.PoolConfig = {}): pg.Pool {
  const made = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max,
    // To connect, and to wait for one of the pool to be free.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    // A server that hangs ends no statement by itself; nothing that works takes longer than the limit above.
    query_timeout: 32_000,
    keepAlive: true,
    application_name: 'strata',
    ...own,
  });
  // A connection that broke while nobody used it; the next query makes another.
  // Not the error itself: the driver hangs its whole client on it.
  made.on('error', ({ message }) => log().warn({ reason: message }, 'an idle database connection broke'));
  return made;
}

/** Connections of this process: open ones, idle ones, and callers that wait for one. */
export function poolState(): { open: number; idle: number; waiting: number } {
  const { totalCount = 0, idleCount = 0, waitingCount = 0 } = holder.strataPool ?? {};
  return { open: totalCount, idle: idleCount, waiting: waitingCount };
}

export async function closeDb(): Promise<void> {
  const { strataDb, strataPool } = holder;
  holder.strataDb = undefined;
  holder.strataPool = undefined;
  await strataDb?.$disconnect();
  await strataPool?.end();
}
