import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { listEntries } from './list-entries.ts';
import { blockSize, outlineFolder } from './outline-folder.ts';
import { type Entry, type EntrySort, entrySort } from './schema.ts';

const files = 1_300;
const folders = 620;

let home: TestLibrary;
let admin: Actor;

/** Rows straight into the index: an outline looks at nothing else. Names, sizes and times are scattered, and sizes tie. */
async function fill(): Promise<void> {
  const libraryId = home.library.id;
  const folder = await db().folder.create({
    data: { libraryId, path: 'long/', name: 'long', assetCount: files, bytes: files },
  });
  await db().$executeRaw`
    INSERT INTO "Folder" ("libraryId", "parentId", "path", "name", "assetCount", "bytes")
    SELECT ${libraryId}, ${folder.id}, 'long/' || n || '/', n::text, CASE WHEN n % 100 = 0 THEN 0 ELSE 1 END, 1
    FROM generate_series(1, ${folders}::int) AS n`;
  await db().$executeRaw`
    INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "state", "kind", "size", "modifiedAt", "versionId")
    SELECT ${libraryId}, ${folder.id}, 'long/' || f.name, f.name,
           CASE WHEN n % 50 = 0 THEN 'trashed' ELSE 'live' END::"AssetState",
           CASE WHEN n % 3 = 0 THEN 'video' ELSE 'image' END, n % 7,
           '2026-01-31T23:30:00Z'::timestamptz + (n % 5) * interval '31 days', 'v' || n
    FROM generate_series(1, ${files}::int) AS n, LATERAL (SELECT md5(n::text) || '.jpg' AS name) AS f`;
}

beforeAll(async () => {
  home = await makeTestLibrary({});
  admin = await home.makeActor();
  await fill();
});
afterAll(async () => {
  await home.remove();
  await closeDb();
});

const scope = (sort: EntrySort, kind?: 'video') => ({ library: home.library.slug, path: 'long/', sort, kind });
const outline = (sort: EntrySort, kind?: 'video', zone = 'UTC') => outlineFolder(admin, { ...scope(sort, kind), zone });
const idOf = (entry: Entry) => (entry.type === 'asset' ? entry.id : entry.path);

async function throughPages(sort: EntrySort, kind?: 'video'): Promise<string[]> {
  const all: Entry[] = [];
  let cursor: string | undefined;
  do {
    const page = await listEntries(admin, { ...scope(sort, kind), cursor, limit: 500 });
    all.push(...page.entries);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return all.map(idOf);
}

describe.each(entrySort.options)('by %s', (sort) => {
  it('any block read by itself holds what the list has at that place', async () => {
    const { blocks } = await outline(sort);
    const whole = await throughPages(sort);
    expect(blocks.reduce((sum, { count }) => sum + count, 0)).toBe(whole.length);
    expect(whole).toHaveLength(files - files / 50 + folders - 6);
    let from = 0;
    for (const { of, start, count } of blocks) {
      expect(count).toBeLessThanOrEqual(blockSize);
      const page = await listEntries(admin, { ...scope(sort), only: of, limit: count, cursor: start ?? undefined });
      expect(page.entries.map(idOf)).toEqual(whole.slice(from, from + count));
      from += count;
    }
  });
});

it('cuts few blocks: all but the last of a month are more than half full', async () => {
  const { blocks } = await outline('modified');
  const assets = blocks.filter(({ of }) => of === 'assets');
  for (const [at, block] of assets.entries()) {
    if (assets[at + 1]?.month === block.month) expect(block.count).toBeGreaterThan(blockSize / 2);
  }
});

it('holds months apart, as the time zone has them', async () => {
  const months = async (zone: string) => [
    ...new Set((await outline('modified', undefined, zone)).blocks.map(({ month }) => month)),
  ];
  expect(await months('UTC')).toEqual([null, '2026-01', '2026-03', '2026-04', '2026-05', '2026-06']);
  // Half an hour before midnight in Greenwich is February in Berlin.
  expect((await months('Europe/Berlin'))[1]).toBe('2026-02');
  expect(await months('Mars/Olympus')).toEqual(await months('UTC'));
});

it('counts one kind alone, without folders', async () => {
  const { blocks } = await outline('name', 'video');
  expect(blocks.every(({ of, month }) => of === 'assets' && month === null)).toBe(true);
  expect(blocks.reduce((sum, { count }) => sum + count, 0)).toBe((await throughPages('name', 'video')).length);
});

it('shows above a grant only the way to it, and of a stranger nothing', async () => {
  const person = await home.makeActor([{ prefix: 'long/7/', role: 'viewer' }]);
  const asked = { library: home.library.slug, path: 'long/', sort: 'name' as const, zone: 'UTC' };
  expect((await outlineFolder(person, asked)).blocks).toEqual([{ of: 'folders', start: null, count: 1, month: null }]);
  await expect(outlineFolder(person, { ...asked, path: 'long/8/' })).rejects.toMatchObject({ code: 'not_found' });
});
