import { AppError } from '#lib/errors.ts';

/** Node socket errors and Postgres classes that mean "the database is away", not "this query is wrong". */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'P1001', // Prisma: cannot reach the server
  'P1002', // Prisma: server timed out
  'P1008', // Prisma: operation timed out
  'P1017', // Prisma: server closed the connection
  'P2024', // Prisma: no connection from the pool in time
  'P2028', // Prisma: transaction could not start in time
  '53300', // too_many_connections
  '57014', // query_canceled: the statement timeout of lib/db.ts
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
]);
/** What Prisma's adapter for `pg` makes of faults (`kind` of a DriverAdapterError); it keeps the text of the driver only where it knows none. */
const awayKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);
const awayText =
  /(can't reach database|connection terminated|timeout expired|timeout exceeded when trying to connect|server has closed the connection|connection ended unexpectedly|query read timeout|client (has encountered a connection error|was closed) and is not queryable|the database system is (starting up|shutting down))/i;

type Fault = { code?: unknown; kind?: unknown; message: string; metaCode?: unknown };

/** Whether a fault, or one that it wraps, is such. Adapters wrap errors as `cause` and as `meta.driverAdapterError`. */
function isAny(error: unknown, test: (fault: Fault) => boolean): boolean {
  for (let current: unknown = error, depth = 0; current && depth < 6; depth += 1) {
    const { code, kind, message, meta, cause } = current as Record<string, unknown>;
    const inner = meta as Record<string, unknown> | undefined;
    if (test({ code, kind, message: typeof message === 'string' ? message : '', metaCode: inner?.code })) return true;
    current = cause ?? inner?.driverAdapterError;
  }
  return false;
}

/**
 * Whether a fault means that Postgres did not answer. Looks through what wraps it; an AppError has been told already, and a store that is
 * away has the same socket errors beneath it.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'database_unavailable';
  return isAny(
    error,
    ({ code, kind, message }) =>
      (typeof code === 'string' && awayCodes.has(code)) ||
      (typeof kind === 'string' && awayKinds.has(kind)) ||
      awayText.test(message),
  );
}

export function databaseUnavailable(cause: unknown): AppError {
  return new AppError(
    'database_unavailable',
    'The database does not answer. Nothing was changed. It is tried again by itself.',
    {
      cause,
      retryAfter: 3,
    },
  );
}

/** Postgres 57014 by `statement_timeout`: the server itself ended the statement. */
export function isStatementTimeout(error: unknown): boolean {
  return isAny(error, ({ message }) => /canceling statement due to statement timeout/i.test(message));
}

/** Postgres 23505, as Prisma (P2002) or the raw driver says it. */
export function isUniqueViolation(error: unknown): boolean {
  return isAny(
    error,
    ({ code, metaCode, message }) =>
      code === 'P2002' || code === '23505' || metaCode === '23505' || (code === 'P2010' && message.includes('23505')),
  );
}

/** Postgres 22021 and 22P05: a text with a NUL, which neither `text` nor `jsonb` can hold. */
export function isUnstorableText(error: unknown): boolean {
  return isAny(error, ({ code, metaCode, message }) => {
    const known = [code, metaCode].some((each) => each === '22021' || each === '22P05');
    return known || /invalid byte sequence for encoding "UTF8": 0x00|\\u0000 cannot be converted to text/.test(message);
  });
}
