import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import type { AppError } from '#lib/errors.ts';
import { mark, moment, put, tellHistory } from '#scripts/testing/history.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { readWithin } from './changes-below.ts';
import { findChangesAround } from './find-changes-around.ts';
import { readTimeline } from './read-timeline.ts';

vi.mock('./changes-below.ts', async (load) => {
  const real = await load<typeof import('./changes-below.ts')>();
  return { ...real, readWithin: vi.fn(real.readWithin) };
});

let home: TestLibrary;
let admin: Actor;
const hour = 3_600;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  admin = await home.makeActor();
  // Three files in one go, one of them twice; an hour later one is replaced, another deleted; a day later one comes elsewhere.
  await tellHistory(home.library, 'work/a.txt', [put('a1', 0), put('a2', 15), put('a3', hour)]);
  await tellHistory(home.library, 'work/b.txt', [put('b1', 6), mark('bm', hour + 5)]);
  await tellHistory(home.library, 'work/deep/c.txt', [put('c1', 24)]);
  await tellHistory(home.library, 'other/d.txt', [put('d1', 24 * hour)]);
  // A deletion that was taken back.
  await tellHistory(home.library, 'work/e.txt', [put('e1', 20), mark('em', 2 * hour)]);
  await tellHistory(home.library, 'work/e.txt', [put('e1', 20)]);
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const timeline = (
  path: string,
  more: { as?: Actor; from?: string; to?: string; bars?: number; zone?: string } = {},
) => {
  const { as = admin, ...rest } = more;
  return readTimeline(as, { library: home.library.slug, path, bars: 60, zone: 'UTC', to: moment(26 * hour), ...rest });
};
const around = async (path: string, at: string, as = admin) => {
  const { earlier, later, known } = await findChangesAround(as, { library: home.library.slug, path, at });
  expect(known).toBe(true);
  return [earlier, later];
};
const code = (promise: Promise<unknown>) => promise.then(() => 'answered').catch((error: AppError) => error.code);

it('counts changes below a folder in bars from the first one on', async () => {
  const whole = await timeline('');
  expect(whole).toMatchObject({ from: moment(0), to: moment(26 * hour), step: '1 hour', exact: true });
  expect(whole.bars).toEqual([
    { from: moment(0), until: moment(hour), changes: 5, deleted: 0, added: 4 },
    { from: moment(hour), until: moment(2 * hour), changes: 2, deleted: 1, added: 0 },
    { from: moment(24 * hour), until: moment(25 * hour), changes: 1, deleted: 0, added: 1 },
  ]);
  expect((await timeline('work/deep')).bars).toMatchObject([{ changes: 1, added: 1 }]);
  expect((await timeline('work/', { from: moment(hour - 60), to: moment(hour) })).bars).toMatchObject([{ changes: 1 }]);
  // Ten bars hold 26 hours in days; they begin at midnight where the reader is: 12:00 UTC is 0:00 of the next day there.
  const days = await timeline('', { bars: 8, zone: 'Pacific/Auckland' });
  expect(days).toMatchObject({ step: '6 hours' });
  const calendar = await timeline('', { from: moment(-40 * 24 * hour), bars: 60, zone: 'Etc/GMT-12' });
  expect(calendar.step).toBe('1 day');
  expect(calendar.bars.map(({ from, changes }) => [from, changes])).toEqual([
    [moment(0), 7],
    [moment(24 * hour), 1],
  ]);
});

it('tells the shape from a sample where there is too much to count in time', async () => {
  // A table of fewer rows than the sample has is the whole sample.
  const from = moment(0);
  const counted = await timeline('', { from });
  vi.mocked(readWithin).mockResolvedValueOnce(null);
  expect(await timeline('', { from })).toEqual({ ...counted, exact: false });
  vi.mocked(readWithin).mockResolvedValueOnce(null).mockResolvedValueOnce(null);
  expect(await timeline('', { from })).toEqual({ ...counted, bars: [], exact: false });
  // Where even the first moment is not found in time, it is when the folders were first seen.
  vi.mocked(readWithin).mockResolvedValueOnce(null);
  expect(await timeline('')).toMatchObject({ exact: true, bars: counted.bars });
});

it('has nothing for a folder in which nothing ever was', async () => {
  expect(await timeline('nowhere/')).toMatchObject({ from: null, bars: [], exact: true });
  expect(await around('nowhere/', moment(5))).toEqual([null, null]);
});

it('steps over what was done in one go', async () => {
  const now = moment(30 * hour);
  expect(await around('', now)).toEqual([moment(hour + 5), null]);
  expect(await around('', moment(hour + 5))).toEqual([moment(24), moment(24 * hour)]);
  expect(await around('', moment(24))).toEqual([null, moment(hour + 5)]);
  expect(await around('', moment(-1))).toEqual([null, moment(24)]);
  expect(await around('work/deep/', now)).toEqual([null, null]);
});

it('tells of nothing outside of the grants', async () => {
  const viewer = await home.makeActor([{ prefix: 'work/deep/', role: 'viewer' }]);
  expect((await timeline('', { as: viewer })).bars).toMatchObject([{ changes: 1 }]);
  expect(await around('', moment(30 * hour), viewer)).toEqual([null, null]);
  expect(await code(timeline('other/', { as: viewer }))).toBe('not_found');
  expect(await code(around('other/', moment(0), viewer))).toBe('not_found');
});
