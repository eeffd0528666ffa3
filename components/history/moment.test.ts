import { expect, it } from 'vitest';
import { differWords, findVersionAt, flagOf, readMoment } from './moment.ts';

it('reads moments of the past and nothing else', () => {
  expect(readMoment('2026-01-06T16:40:00+01:00')).toBe('2026-01-06T15:40:00.000Z');
  expect(readMoment('2026-01-06T15:40:00.123Z')).toBe('2026-01-06T15:40:00.123Z');
  for (const text of ['', 'yesterday', '5', '2026-13-40T99:99', '9999-01-01T00:00:00Z'])
    expect(readMoment(text), text).toBe(null);
});

it('says what became of a version', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const since = { versions: 3, deleted: false, removedAt: null };
  expect(flagOf({ since }, now)).toMatchObject({ icon: 'changed', long: '3 versions since', short: '3 since' });
  expect(flagOf({ since: { ...since, versions: 1 } }, now)?.long).toBe('1 version since');
  expect(flagOf({ since: { ...since, deleted: true } }, now)?.long).toBe('Deleted since');
  expect(flagOf({ since: { ...since, removedAt: '2026-11-04T12:00:00.000Z' } }, now)?.long).toBe('Removed 4 Nov');
  expect(flagOf({ since: { ...since, versions: 0 } }, now)).toBe(null);
  expect(flagOf({}, now)).toBe(null);
});

it('finds the version of a moment in the order of the store', () => {
  const version = (id: string, from: string, to: string | null, more = {}) => ({
    id,
    isDeleteMarker: false,
    removedAt: null as string | null,
    validFrom: `2026-11-0${from}T00:00:00Z`,
    validTo: to === null ? null : `2026-11-0${to}T00:00:00Z`,
    ...more,
  });
  const versions = [
    version('back', '7', null),
    version('undone', '6', '7', { isDeleteMarker: true, removedAt: '2026-11-06T10:00:00Z' }),
    version('deleted', '5', '6', { isDeleteMarker: true }),
    version('late', '3', '5'),
    version('tie', '3', '5', { removedAt: '2026-11-08T00:00:00Z' }),
    version('first', '1', '3'),
  ];
  const at = (day: string) => findVersionAt(versions, `2026-11-0${day}T12:00:00Z`)?.id ?? null;
  expect([at('1'), at('3'), at('5'), at('6'), at('8')]).toEqual(['first', 'late', null, null, 'back']);
  expect(findVersionAt(versions, '2026-10-01T00:00:00Z')).toBe(null);
});

it.each([
  [null, null],
  [{ changed: 0, deleted: 0, made: 0 }, 'Nothing differs from now'],
  [{ changed: 1, deleted: 0, made: 0 }, '1 file differs from now'],
  [{ changed: 70, deleted: 5, made: 2 }, '77 files differ from now'],
])('says how much differs: %j', (differ, words) => {
  const counts = { counted: true, folders: [], total: { assetCount: 0, bytes: 0 }, differ };
  expect(differWords(differ && counts)).toBe(words);
});

it('says that it was too much to count', () => {
  expect(differWords({ counted: false, folders: [], total: null, differ: null })).toBe(
    'Too much lies here to count what differs',
  );
});
