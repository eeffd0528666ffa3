import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEntries } from '#lib/assets/list-entries.ts';
import { type EntrySort, entrySort } from '#lib/assets/schema.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import type { AppError } from '#lib/errors.ts';
import { searchAssets } from '#lib/search/search-assets.ts';
import { type MadeEntry, mark, moment, put, tellHistory } from '#scripts/testing/history.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { countEntriesAt } from './count-entries-at.ts';

let home: TestLibrary;
let admin: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  admin = await home.makeActor();
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const sync = (path: string, history: MadeEntry[]) => tellHistory(home.library, path, history);

const list = (
  path: string,
  second: number,
  more: { sort?: EntrySort; cursor?: string; limit?: number; as?: Actor; show?: 'different' } = {},
) => {
  const { as = admin, sort = 'name', limit = 100, cursor, show } = more;
  return listEntries(as, {
    library: home.library.slug,
    path,
    sort,
    limit,
    at: moment(second),
    ...(cursor ? { cursor } : {}),
    ...(show ? { show } : {}),
  });
};
const seen = async (path: string, second: number) =>
  (await list(path, second)).entries.map((entry) =>
    entry.type === 'folder' ? entry.path : `${entry.name} ${entry.versionId}`,
  );
const code = (promise: Promise<unknown>) => promise.then(() => 'answered').catch((error: AppError) => error.code);

describe('a folder as of a moment', () => {
  beforeAll(async () => {
    await sync('past/kept.txt', [put('k1', 10)]);
    await sync('past/changed.txt', [put('c1', 10, 5), put('c2', 30, 7), put('c3', 40, 9)]);
    await sync('past/deleted.txt', [put('d1', 10), mark('dm', 35)]);
    await sync('past/later.txt', [put('l1', 50)]);
    await sync('past/old/gone.txt', [put('g1', 10, 100), mark('gm', 20)]);
    await sync('past/new/n.txt', [put('n1', 45)]);
    // What lifecycle removed: the bucket no longer lists it, the index remembers it.
    await sync('past/expired.txt', [put('x1', 10), put('x2', 20), put('x3', 30)]);
    await sync('past/expired.txt', [put('x1', 10), put('x3', 30)]);
    // A deletion that was taken back never was.
    await sync('past/back.txt', [put('b1', 10), mark('bm', 15)]);
    await sync('past/back.txt', [put('b1', 10)]);
  });

  it('holds the versions of that moment, and folders while something stood in them', async () => {
    expect(await seen('past/', 12)).toEqual([
      'past/old/',
      'back.txt b1',
      'changed.txt c1',
      'deleted.txt d1',
      'expired.txt x1',
      'kept.txt k1',
    ]);
    expect(await seen('past/', 30)).toEqual([
      'back.txt b1',
      'changed.txt c2',
      'deleted.txt d1',
      'expired.txt x3',
      'kept.txt k1',
    ]);
    expect(await seen('past/', 60)).toEqual([
      'past/new/',
      'back.txt b1',
      'changed.txt c3',
      'expired.txt x3',
      'kept.txt k1',
      'later.txt l1',
    ]);
    expect(await seen('past/old/', 12)).toEqual(['gone.txt g1']);
    expect(await code(list('past/', 5))).toBe('not_found');
    expect(await code(list('past/old/', 25))).toBe('not_found');
  });

  it('says what became of each, and of bytes that are gone', async () => {
    const { entries } = await list('past/', 22);
    const facts = Object.fromEntries(
      entries.flatMap((entry) =>
        entry.type === 'asset' ? [[entry.name, { ...entry.since, id: entry.versionId, size: entry.size }]] : [],
      ),
    );
    expect(facts['changed.txt']).toEqual({ versions: 2, deleted: false, removedAt: null, id: 'c1', size: 5 });
    expect(facts['deleted.txt']).toMatchObject({ versions: 0, deleted: true });
    expect(facts['kept.txt']).toMatchObject({ versions: 0, deleted: false, removedAt: null });
    expect(facts['expired.txt']).toMatchObject({ id: 'x2', removedAt: expect.any(String) });
  });

  it('is counted after the listing, with how much is different now', async () => {
    const counts = await countEntriesAt(admin, { library: home.library.slug, path: 'past', at: moment(12) });
    expect(counts).toEqual({
      counted: true,
      folders: [{ path: 'past/old/', assetCount: 1, bytes: 100, differ: 1 }],
      total: { assetCount: 6, bytes: 109 },
      // changed and expired are other versions now, deleted and gone are not live, later and new/n were made since.
      differ: { changed: 2, deleted: 2, made: 2 },
    });
  });

  it('differs in files whose bytes are others now, and not in those that were restored to the same', async () => {
    const same = Buffer.from('0102030405060708', 'hex');
    await sync('bytes/checked.txt', [put('s1', 10, 5), put('s2', 20, 6), put('s3', 30, 5)]);
    await db().version.updateMany({ where: { versionId: { in: ['s1', 's3'] } }, data: { crc64nvme: same } });
    await sync('bytes/unknown.txt', [put('u1', 10, 5), put('u2', 20, 5)]);
    // A version "null" changes its bytes under the same id.
    await sync('bytes/null.txt', [put('null', 10, 5)]);
    await sync('bytes/null.txt', [{ ...put('null', 20, 5), etag: 'other' }]);
    const counts = await countEntriesAt(admin, { library: home.library.slug, path: 'bytes', at: moment(12) });
    expect(counts).toMatchObject({ total: { assetCount: 3 }, differ: { changed: 2, deleted: 0, made: 0 } });
    const { entries } = await list('bytes/', 12, { show: 'different' });
    expect(entries.map(({ name }) => name)).toEqual(['null.txt', 'unknown.txt']);
  });

  it('is narrowed to what differs, page by page, and folders are told apart by their counts', async () => {
    const first = await list('past/', 12, { show: 'different', limit: 2 });
    expect(first.entries.map(({ name }) => name)).toEqual(['old', 'changed.txt']);
    const cursor = first.nextCursor ?? '';
    const second = await list('past/', 12, { show: 'different', limit: 2, cursor });
    expect(second.entries.map(({ name }) => name)).toEqual(['deleted.txt', 'expired.txt']);
    expect(second.nextCursor).toBeNull();
    expect(await code(list('past/', 12, { limit: 2, cursor }))).toBe('invalid_request');
    const now = { library: home.library.slug, path: 'past/', sort: 'name', limit: 2, show: 'different' } as const;
    expect(await code(listEntries(admin, now))).toBe('invalid_request');

    await sync('parts/a/kept.txt', [put('pk', 10)]);
    await sync('parts/b/sub/changed.txt', [put('pc1', 10), put('pc2', 20)]);
    await sync('parts/c/kept.txt', [put('pc', 10)]);
    await sync('parts/c/made.txt', [put('pm', 20)]);
    const counts = await countEntriesAt(admin, { library: home.library.slug, path: 'parts', at: moment(12) });
    expect(counts.folders.map(({ path, differ }) => [path, differ]).sort()).toEqual([
      ['parts/a/', 0],
      ['parts/b/', 1],
      ['parts/c/', 1],
    ]);
  });

  it('is searched as it was: what is in the trash now is found, what was not there is not', async () => {
    const search = async (q: string, second: number, more = {}) => {
      const query = { library: home.library.slug, q, path: 'past/', sort: 'name' as const, limit: 100 };
      const { entries } = await searchAssets(admin, { ...query, ...more, at: moment(second) });
      return entries.map((entry) => (entry.type === 'asset' ? `${entry.name} ${entry.versionId}` : entry.path));
    };
    expect(await search('txt', 12)).toEqual([
      'back.txt b1',
      'changed.txt c1',
      'deleted.txt d1',
      'expired.txt x1',
      'gone.txt g1',
      'kept.txt k1',
    ]);
    expect(await search('later', 12)).toEqual([]);
    expect(await search('later', 60)).toEqual(['later.txt l1']);
    expect(await search('deleted', 60)).toEqual([]);
    // Size and time are those of the version of that moment.
    expect(await search('changed', 32, { minSize: 7, maxSize: 7, storageClass: 'STANDARD' })).toEqual([
      'changed.txt c2',
    ]);
    expect(await search('changed', 32, { minSize: 9 })).toEqual([]);
    const { entries } = await searchAssets(admin, {
      library: home.library.slug,
      q: 'deleted',
      path: '',
      sort: 'name',
      limit: 10,
      at: moment(12),
    });
    expect(entries[0]).toMatchObject({ since: { deleted: true, versions: 0, removedAt: null } });
  });

  it('obeys grants', async () => {
    const viewer = await home.makeActor([{ prefix: 'past/old/', role: 'viewer' }]);
    expect((await list('past/', 12, { as: viewer })).entries.map((entry) => entry.path)).toEqual(['past/old/']);
    expect((await list('past/old/', 12, { as: viewer })).entries).toHaveLength(1);
    // A granted folder exists even while nothing is in it.
    expect((await list('past/old/', 25, { as: viewer })).entries).toEqual([]);
    expect(await code(list('past/new/', 60, { as: viewer }))).toBe('not_found');
    expect(await code(countEntriesAt(viewer, { library: home.library.slug, path: 'past', at: moment(12) }))).toBe(
      'not_found',
    );
  });
});

it('pages in every order without a gap or a double, and takes no cursor of another moment', async () => {
  for (let at = 0; at < 23; at += 1) {
    await sync(`pages/f${String(at).padStart(2, '0')}.txt`, [
      put(`a${at}`, at % 3, at % 5),
      put(`b${at}`, 30 + at, 50),
    ]);
  }
  for (const sort of entrySort.options) {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list('pages/', 5, { sort, limit: 4, ...(cursor ? { cursor } : {}) });
      names.push(...page.entries.map((entry) => entry.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names, sort).toHaveLength(23);
    expect(new Set(names).size, sort).toBe(23);
  }
  const { nextCursor } = await list('pages/', 5, { limit: 4 });
  expect(await code(list('pages/', 6, { limit: 4, cursor: String(nextCursor) }))).toBe('invalid_request');
});

it('agrees with a model that reads the bucket alone, for random histories with ties', async () => {
  let run = 0;
  const step = fc.record({ wait: fc.integer({ min: 0, max: 2 }), what: fc.constantFrom('put', 'delete', 'undelete') });
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
    run += 1;
    const path = `random-${run}/file.txt`;
    const bucket: MadeEntry[] = [];
    let second = 0;
    for (const [at, { wait, what }] of steps.entries()) {
      second += wait;
      const top = bucket.at(-1);
      if (what === 'put') bucket.push(put(`r${run}-${at}`, second));
      else if (what === 'delete' && top) bucket.push(mark(`r${run}-${at}`, second));
      else if (what === 'undelete') while (bucket.at(-1)?.marker) bucket.pop();
      await sync(path, bucket);
    }
    for (let at = 0; at <= second + 1; at += 1) {
      const then = bucket.findLast((entry) => entry.second <= at);
      const wanted = then && !then.marker ? [`file.txt ${then.id}`] : [];
      const got = await seen(`random-${run}/`, at).catch((error: AppError) => {
        expect(error.code).toBe('not_found');
        return [];
      });
      expect(got).toEqual(wanted);
    }
  });
  await fc.assert(property, { numRuns: 25 });
});
