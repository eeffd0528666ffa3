import { describe, expect, it } from 'vitest';
import { databaseUnavailable, isDatabaseAway, isUnstorableText } from './db-errors.ts';
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

describe('isUnstorableText', () => {
  const nul = 'invalid byte sequence for encoding "UTF8": 0x00';
  it.each([
    ['said by the driver', Object.assign(new Error(nul), { code: '22021' })],
    [
      'said by Prisma',
      Object.assign(new Error(`Database error. Code: \`22021\`. Message: \`${nul}\``), { code: 'P2010' }),
    ],
    ['in JSON', Object.assign(new Error('x'), { meta: { driverAdapterError: { cause: { code: '22P05' } } } })],
    ['beneath', new Error('x', { cause: new Error('\\u0000 cannot be converted to text.') })],
  ])('is one %s', (_, error) => expect(isUnstorableText(error)).toBe(true));

  it.each([
    ['a socket error', socket],
    ['another wrong text', Object.assign(new Error('invalid input syntax for type bigint'), { code: '22P02' })],
  ])('is not %s', (_, error) => expect(isUnstorableText(error)).toBe(false));
});
