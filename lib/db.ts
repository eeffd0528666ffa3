import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '#lib/env.ts';
import { Prisma, PrismaClient } from '#lib/generated/prisma/client.ts';

export { Prisma };
export type Db = PrismaClient;
/** A transaction: what `db().$transaction` hands to its callback. Functions that write rows take one of these. */
export type Tx = Prisma.TransactionClient;

// Next keeps several module graphs in one process (pages, route handlers); the pool belongs to the process.
const holder = globalThis as { strataDb?: PrismaClient };

/**
 * The database client of this process: one pool of `DATABASE_POOL_MAX` connections, made at the first call.
 * Waiting for a connection and single statements are bounded, so that a slow database sheds load instead of piling it up.
 */
export function db(): PrismaClient {
  holder.strataDb ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL_MAX,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: 30_000,
      // A server that hangs ends no statement by itself; nothing that works takes longer than the limit above.
      query_timeout: 32_000,
      keepAlive: true,
      application_name: 'strata',
    }),
    transactionOptions: { maxWait: 5_000, timeout: 30_000 },
  });
  return holder.strataDb;
}

export async function closeDb(): Promise<void> {
  await holder.strataDb?.$disconnect();
  holder.strataDb = undefined;
}
