import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { type AttemptRule, planAttemptDelay } from './attempt-delay.ts';

/** Failures are forgotten an hour after the first one, seconds. */
const memory = 3600;

type Limiters = { failures: RateLimiterPostgres; gate: RateLimiterPostgres };
let limiters: Limiters | undefined;

/** Counters live in the database (table rate_limit), so that they hold for all web processes together. */
function get(): Limiters {
  if (!limiters) {
    const store = {
      storeClient: { query: runQuery },
      storeType: 'client',
      tableName: 'rate_limit',
      tableCreated: true,
    };
    limiters = {
      failures: new RateLimiterPostgres({ ...store, keyPrefix: 'failures', points: 1, duration: memory }),
      gate: new RateLimiterPostgres({ ...store, keyPrefix: 'gate', points: 1, duration: 1 }),
    };
  }
  return limiters;
}

/** The library speaks to a pg client; here its two fixed statements go through our own pool. Values are bound, never spliced. */
async function runQuery({ text, values = [] }: { text: string; values?: unknown[] }) {
  const typed = values.map((value) => (typeof value === 'number' ? BigInt(Math.trunc(value)) : value));
  const rows = await db().$queryRawUnsafe<{ points?: number; expire?: bigint | null }[]>(text, ...typed);
  const plain = rows.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) }));
  return { rows: plain, rowCount: plain.length };
}

/** Text of any length and content as a short key that gives no address or e-mail away to a reader of the table. */
export function attemptKey(kind: string, ...parts: string[]): string {
  return `${kind}:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}

/**
 * Counts a try before it is made, so that many at the same moment cannot slip through, and turns it away while the delay of the
 * one before runs. A try that is turned away is not counted: impatience makes nothing longer.
 * Answers the seconds to wait before the next one, should this one fail.
 * @throws AppError rate_limited with the seconds left
 */
export async function beginAttempt(key: string, rule: AttemptRule): Promise<number> {
  const { failures, gate } = get();
  const { consumedPoints } = await failures.penalty(key);
  const delay = planAttemptDelay(consumedPoints, rule);
  if (delay === 0) return 0;
  try {
    await gate.consume(key, 1, { customDuration: delay });
    return delay;
  } catch (turnedAway) {
    if (!(turnedAway instanceof RateLimiterRes)) throw turnedAway;
    await failures.reward(key);
    throw tooManyTries(Math.ceil(turnedAway.msBeforeNext / 1000));
  }
}

/** The person proved who they are: their failures are forgotten. */
export async function forgetAttempts(key: string): Promise<void> {
  const { failures, gate } = get();
  await Promise.all([failures.delete(key), gate.delete(key)]);
}

/** Takes back the one that `beginAttempt` counted and leaves the others. */
export async function takeBackAttempt(key: string): Promise<void> {
  await get().failures.reward(key);
}

function tooManyTries(seconds: number): AppError {
  return new AppError('rate_limited', `Too many tries. Wait ${seconds} s.`, { retryAfter: seconds });
}
