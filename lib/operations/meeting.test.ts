import { beforeEach, describe, expect, it, vi } from 'vitest';
import { putDeleteMarkers, removeDeleteMarkers } from '#lib/storage/delete-together.ts';
import { listVersionsOf } from '#lib/storage/list-versions-of.ts';
import type { ListedVersion } from '#lib/storage/types.ts';
import { Lanes } from './lanes.ts';
import { Meeting } from './meeting.ts';

let ticket = 0n;
vi.mock('#lib/indexing/take-ticket.ts', () => ({ takeTicket: async () => ++ticket }));
vi.mock('#lib/storage/list-versions-of.ts', () => ({ listVersionsOf: vi.fn() }));
vi.mock('#lib/storage/delete-together.ts', async (load) => {
  const real = await load<typeof import('#lib/storage/delete-together.ts')>();
  return { ...real, putDeleteMarkers: vi.fn(), removeDeleteMarkers: vi.fn() };
});

const listing = (key: string) => [{ key, versionId: `v-${key}` } as ListedVersion];
const keys = ['a', 'b', 'c', 'd', 'e'];
beforeEach(() => {
  vi.mocked(listVersionsOf).mockReset();
  vi.mocked(listVersionsOf).mockImplementation(async (_, wanted) => new Map(wanted.map((key) => [key, listing(key)])));
  vi.mocked(putDeleteMarkers).mockReset();
  vi.mocked(putDeleteMarkers).mockImplementation(
    async (_, wanted) => new Map(wanted.map((key) => [key, { versionId: `m-${key}` }])),
  );
  vi.mocked(removeDeleteMarkers).mockReset();
});

/** Runs an item for each key, two at once, and says how many were in a lane at most. */
async function runAll<T>(item: (meeting: Meeting, key: string) => Promise<T>) {
  const lanes = new Lanes(2);
  const meeting = new Meeting('media', lanes);
  let [inside, most] = [0, 0];
  const enter = lanes.enter.bind(lanes);
  const leave = lanes.leave.bind(lanes);
  vi.spyOn(lanes, 'enter').mockImplementation(async () => {
    await enter();
    inside += 1;
    most = Math.max(most, inside);
  });
  vi.spyOn(lanes, 'leave').mockImplementation(() => {
    inside -= 1;
    leave();
  });
  const running: Promise<T>[] = [];
  for (const key of keys) {
    await lanes.enter();
    running.push(meeting.join(() => item(meeting, key)));
  }
  meeting.close();
  const results = await Promise.allSettled(running);
  return { meeting, results, most, inside };
}

describe('items of a batch', () => {
  it('are looked at together, each as often as it wants, and no more than the lanes take are at work', async () => {
    const { meeting, most, inside } = await runAll(async (at, key) => {
      await at.look([key]);
      if (key !== 'a') await at.look([key]);
    });
    expect(vi.mocked(listVersionsOf).mock.calls.map(([, wanted]) => wanted)).toEqual([keys, keys.slice(1)]);
    const [first, second] = [meeting.looks.get('a'), meeting.looks.get('b')];
    expect(first?.listed).toEqual(listing('a'));
    expect(second?.ticket).toBeGreaterThan(first?.ticket as bigint);
    expect(most).toBe(2);
    expect(inside).toBe(0);
  });

  it('get their markers in one request, and hear when theirs was not put', async () => {
    vi.mocked(putDeleteMarkers).mockResolvedValue(new Map([['a', { versionId: 'm-a' }]]));
    const { results } = await runAll((at, key) => at.putMarker(key));
    expect(putDeleteMarkers).toHaveBeenCalledExactlyOnceWith('media', keys);
    expect(results.map((one) => one.status === 'fulfilled' && one.value)).toEqual([
      { versionId: 'm-a' },
      null,
      null,
      null,
      null,
    ]);
  });

  it('ask alone where few want a marker', async () => {
    const { results } = await runAll(async (at, key) => (key < 'c' ? at.putMarker(key) : null));
    expect(putDeleteMarkers).not.toHaveBeenCalled();
    expect(results.every((one) => one.status === 'fulfilled' && one.value === null)).toBe(true);
  });

  it('fail by what they asked for, and not by what the others did', async () => {
    vi.mocked(removeDeleteMarkers).mockRejectedValue(new Error('No right.'));
    const { results, inside } = await runAll(async (at, key) => {
      if (key === 'a') await at.look([key]);
      else await at.removeMarkers([{ key, versionId: 'm' } as ListedVersion]);
    });
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', ...keys.slice(1).map(() => 'rejected')]);
    expect(inside).toBe(0);
  });
});
