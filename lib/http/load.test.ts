import { expect, it } from 'vitest';
import { requireRoom } from './load.ts';

const now = { api: 0, page: 0, waiting: 0 };

it.each([
  ['api', { ...now, api: 10 }, true],
  ['api', { ...now, api: 11 }, false],
  ['page', { ...now, page: 5 }, true],
  ['page', { ...now, page: 6, api: 0 }, false],
  ['waiting', { ...now, api: 500, waiting: 500 }, true],
  ['waiting', { ...now, waiting: 2_001 }, false],
] as const)('%s with %o: room %s', (kind, load, room) => {
  const ask = () => requireRoom(kind, 10, load);
  if (room) expect(ask).not.toThrow();
  else expect(ask).toThrow(expect.objectContaining({ code: 'overloaded', status: 503, retryAfter: 2 }));
});
