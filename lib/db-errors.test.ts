import { describe, expect, it } from 'vitest';
import { databaseUnavailable, isDatabaseAway } from './db-errors.ts';
import { AppError } from './errors.ts';

const socket = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

describe('isDatabaseAway', () => {
  it.each([
    ['a socket error of the driver', socket],
    ['one that an adapter wrapped', new Error('Raw query failed', { cause: socket })],
    ['one in Prisma’s own place', Object.assign(new Error('x'), { meta: { driverAdapterError: { cause: socket } } })],
    ['a server that shuts down', Object.assign(new Error('terminating'), { code: '57P01' })],
    ['a pool that waited in vain', new Error('timeout exceeded when trying to connect')],
    ['a server that hangs', new Error('Query read timeout')],
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    [
      'a connection that broke between two statements of a transaction',
      new Error('Client has encountered a connection error and is not queryable'),
    ],
    ['a connection that the pool closed', new Error('Client was closed and is not queryable')],
    ['a handshake that took too long', new Error('timeout expired')],
    ['a kind of the adapter', Object.assign(new Error('x'), { cause: { kind: 'ConnectionClosed' } })],
    ['what we say of it', databaseUnavailable(socket)],
  ])('is %s', (_, error) => expect(isDatabaseAway(error)).toBe(true));

  it.each([
    ['a store that is away, for the same reason beneath', new AppError('store_unavailable', 'x', { cause: socket })],
    ['a wrong query', Object.assign(new Error('syntax error'), { code: '42601' })],
    [
      'a kind of the adapter that means the query',
      Object.assign(new Error('x'), { cause: { kind: 'ColumnNotFound' } }),
    ],
    ['nothing', undefined],
  ])('is not %s', (_, error) => expect(isDatabaseAway(error)).toBe(false));
});
