import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roleAt } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { applyListing } from '#lib/indexing/apply-listing.ts';
import { foldFolderDeltas } from '#lib/indexing/fold-folder-deltas.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { listEntries } from './list-entries.ts';
import { type Entry, type EntrySort, entrySort } from './schema.ts';

type Wanted = { path: string; size?: number; minute?: number; deleted?: boolean };

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

/** Puts keys into the index the way every write does. */
async function index(...wanted: Wanted[]): Promise<void> {
  for (const { path, size = 1, minute = 0, deleted = false } of wanted) {
    const key = toKey(home.library, path);
    const modifiedAt = new Date(Date.UTC(2026, 10, 20, 12, minute));
    const version = {
      key,
      versionId: `v-${path}`,
      isDeleteMarker: false,
      isLatest: !deleted,
      modifiedAt,
      size,
      etag: 'e',
      storageClass: null,
    };
    const marker = { ...version, versionId: `m-${path}`, isDeleteMarker: true, isLatest: true, size: 0, etag: null };
    const ticket = await takeTicket();
    await db().$transaction((tx) =>
      applyListing(tx, home.library, key, ticket, deleted ? [marker, version] : [version]),
    );
  }
}

async function page(path: string, more: { sort?: EntrySort; cursor?: string; limit?: number; as?: Actor } = {}) {
  const { as = admin, sort = 'name', limit = 100, cursor } = more;
  return listEntries(as, { library: home.library.slug, path, sort, limit, cursor });
}

async function everything(path: string, sort: EntrySort, limit: number): Promise<Entry[]> {
  const all: Entry[] = [];
  let cursor: string | undefined;
  do {
    const next = await page(path, { sort, limit, ...(cursor ? { cursor } : {}) });
    expect(next.entries.length).toBeLessThanOrEqual(limit);
    all.push(...next.entries);
    cursor = next.nextCursor ?? undefined;
  } while (cursor);
  return all;
}

const bytewise = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('a folder with folders, ties and awkward names', () => {
  // Byte order differs from UTF-16 order for the last two: U+FF5E is EF.., an emoji F0...
  const names = [
    'Z.jpg',
    'a.jpg',
    'b.mp4',
    'img10.jpg',
    'img2.jpg',
    'ä.png',
    '～.txt',
    '😀.pdf',
    'a b+%#?.jpg',
    'x.zip',
  ];
  const files: Wanted[] = names.map((name, at) => ({ path: `paging/${name}`, size: at % 3, minute: at % 2 }));
  const folders = ['paging/B/', 'paging/a/', 'paging/ß/', 'paging/😀/', 'paging/～/'];

  beforeAll(async () => {
    await index(...files, ...folders.map((folder, at) => ({ path: `${folder}deep/inside.jpg`, size: 10 + at })));
    await index({ path: 'paging/gone.jpg', size: 999, deleted: true });
  });

  const compare: Record<EntrySort, (a: Entry, b: Entry) => number> = {
    name: (a, b) => bytewise(a.name, b.name),
    '-name': (a, b) => bytewise(b.name, a.name),
    size: (a, b) => sizeOf(a) - sizeOf(b),
    '-size': (a, b) => sizeOf(b) - sizeOf(a),
    modified: (a, b) => timeOf(a) - timeOf(b),
    '-modified': (a, b) => timeOf(b) - timeOf(a),
    type: (a, b) => bytewise(kindOf(a), kindOf(b)) || bytewise(a.name, b.name),
  };
  const sizeOf = (entry: Entry) => (entry.type === 'asset' ? entry.size : 0);
  const timeOf = (entry: Entry) => (entry.type === 'asset' ? Date.parse(entry.modifiedAt) : 0);
  const kindOf = (entry: Entry) => (entry.type === 'asset' ? entry.kind : '');

  describe.each(entrySort.options)('by %s', (sort) => {
    it.each([1, 2, 3, 5, 7, 500])('holds every entry once, folders first, in pages of %i', async (limit) => {
      const all = await everything('paging/', sort, limit);
      const shownFolders = all.filter((entry) => entry.type === 'folder');
      const assets = all.filter((entry) => entry.type === 'asset');
      expect(all).toEqual([...shownFolders, ...assets]);
      const ordered = [...folders].sort(bytewise);
      expect(shownFolders.map((folder) => folder.path)).toEqual(sort === '-name' ? ordered.reverse() : ordered);
      expect(assets.map((asset) => asset.path).sort(bytewise)).toEqual(files.map(({ path }) => path).sort(bytewise));
      for (const [at, asset] of assets.entries()) {
        const before = assets[at - 1];
        if (before) expect(compare[sort](before, asset)).toBeLessThanOrEqual(0);
      }
    });
  });

  it('says the same while changes are unfolded and after they were folded', async () => {
    const before = await page('paging/');
    const parent = await page('');
    const inside = await page('paging/ß/');
    expect(before.totals).toEqual({ assetCount: 15, bytes: 9 + 10 + 11 + 12 + 13 + 14, exact: true });
    expect(before.entries.find((entry) => entry.path === 'paging/ß/')).toMatchObject({ assetCount: 1, bytes: 12 });
    expect(inside.entries).toEqual([
      { type: 'folder', name: 'deep', path: 'paging/ß/deep/', assetCount: 1, bytes: 12, indexed: true },
    ]);
    while ((await foldFolderDeltas()) > 0);
    expect(await db().folderDelta.count({ where: { libraryId: home.library.id } })).toBe(0);
    expect(await page('paging/')).toEqual(before);
    expect(await page('')).toEqual(parent);
    expect(await page('paging/ß/')).toEqual(inside);
  });

  it('lists one kind without folders, over pages', async () => {
    const first = await listEntries(admin, {
      library: home.library.slug,
      path: 'paging/',
      kind: 'image',
      sort: 'name',
      limit: 2,
    });
    expect(first.entries.map(({ name }) => name)).toEqual(['Z.jpg', 'a b+%#?.jpg']);
    expect(first.totals).toEqual({ assetCount: null, bytes: null, exact: false });
    const rest = await listEntries(admin, {
      library: home.library.slug,
      path: 'paging/',
      kind: 'image',
      sort: 'name',
      limit: 10,
      cursor: String(first.nextCursor),
    });
    expect(rest.entries.map(({ name }) => name)).toEqual(['a.jpg', 'img10.jpg', 'img2.jpg', 'ä.png']);
    expect(rest.nextCursor).toBeNull();
  });

  it('lists folders or assets alone', async () => {
    for (const only of ['folders', 'assets'] as const) {
      const all: Entry[] = [];
      let cursor: string | undefined;
      do {
        const next = await listEntries(admin, {
          library: home.library.slug,
          path: 'paging/',
          only,
          sort: 'name',
          limit: 2,
          cursor,
        });
        all.push(...next.entries);
        cursor = next.nextCursor ?? undefined;
      } while (cursor);
      expect(all).toMatchObject((await page('paging/')).entries.filter(({ type }) => `${type}s` === only));
    }
  });

  it('refuses a cursor of another order, another kind, and one that was tampered with', async () => {
    const { nextCursor } = await page('paging/', { limit: 1 });
    const cursor = String(nextCursor);
    await expect(page('paging/', { sort: 'size', cursor })).rejects.toMatchObject({ code: 'invalid_request' });
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const bad of [
      'nonsense',
      forged({ sort: 'size', kind: null, position: { phase: 'assets', after: { value: '1 OR 1=1', tie: '1' } } }),
      forged({ sort: 'size', kind: null, position: { phase: 'assets', after: { value: '9'.repeat(19), tie: '1' } } }),
      forged({
        sort: 'modified',
        kind: null,
        position: { phase: 'assets', after: { value: '9223372036854775807', tie: '1' } },
      }),
      forged({ sort: 'name', kind: null, position: { phase: 'folders', after: 'a\u0000' } }),
    ]) {
      for (const sort of ['size', 'modified', 'name'] as const)
        await expect(page('paging/', { sort, cursor: bad })).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });
});

describe('what is visible', () => {
  /** A folder at the top, as the tree asks for it. */
  const inTree = async (name: string) => {
    const { slug } = home.library;
    const { entries } = await listEntries(admin, {
      library: slug,
      path: '',
      sort: 'name',
      limit: 100,
      only: 'folders',
    });
    return entries.find((entry) => entry.type === 'folder' && entry.name === name);
  };

  it('says which folders hold folders, before and after changes were folded', async () => {
    await index({ path: 'holds/in/a.jpg' }, { path: 'holds-none/a.jpg' }, { path: 'held/in/a.jpg' });
    await index({ path: 'held/in/a.jpg', deleted: true }, { path: 'held/b.jpg' });
    const expectTold = async () => {
      expect(await inTree('holds')).toMatchObject({ holdsFolders: true });
      for (const name of ['holds-none', 'held']) expect(await inTree(name)).toMatchObject({ holdsFolders: false });
    };
    await expectTold();
    while ((await foldFolderDeltas()) > 0);
    await expectTold();
  });

  it('hides a folder when its last asset goes to the trash, unless its marker keeps it', async () => {
    await index({ path: 'hide/one/a.jpg' }, { path: 'hide/two/a.jpg' }, { path: 'hide/two/', size: 0 });
    expect((await page('hide/')).entries.map(({ name }) => name)).toEqual(['one', 'two']);
    await index({ path: 'hide/one/a.jpg', deleted: true }, { path: 'hide/two/a.jpg', deleted: true });
    expect((await page('hide/')).entries).toEqual([
      { type: 'folder', name: 'two', path: 'hide/two/', assetCount: 0, bytes: 0, indexed: true },
    ]);
    expect((await page('hide/two/')).entries).toEqual([]);
    expect(await inTree('hide')).toMatchObject({ holdsFolders: true });
    await expect(page('hide/one/')).rejects.toMatchObject({ code: 'not_found' });
    expect((await page('')).entries).toContainEqual({
      type: 'folder',
      name: 'hide',
      path: 'hide/',
      assetCount: 0,
      bytes: 0,
      indexed: true,
    });
    await index({ path: 'hide/two/', size: 0, deleted: true });
    expect((await page('')).entries.map(({ name }) => name)).not.toContain('hide');
    await expect(page('hide/')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows an empty root, and knows no unknown folder', async () => {
    const empty = await makeTestLibrary();
    try {
      const person = await empty.makeActor([{ prefix: '', role: 'viewer' }]);
      const root = await listEntries(person, { library: empty.library.slug, path: '', sort: 'name', limit: 100 });
      expect(root).toMatchObject({ entries: [], totals: { assetCount: 0, bytes: 0, exact: true }, nextCursor: null });
      for (const path of ['nowhere/', 'nowhere', '../', 'a\u0000/', '\ud800/', '%2e%2e/', '//']) {
        await expect(page(path)).rejects.toMatchObject({ code: 'not_found' });
      }
      await expect(
        listEntries(admin, { library: empty.library.slug, path: '', sort: 'name', limit: 100 }),
      ).rejects.toMatchObject({ code: 'not_found' });
    } finally {
      await empty.remove();
    }
  });

  it('shows an irregular key of an adopted bucket in its own folder', async () => {
    await index({ path: 'odd//x.jpg' }, { path: 'odd/../y.jpg' });
    expect((await page('odd/')).entries.map(({ name, path }) => [name, path])).toEqual([
      ['', 'odd//'],
      ['..', 'odd/../'],
    ]);
    expect((await page('odd//')).entries).toMatchObject([{ name: 'x.jpg', irregular: true }]);
  });

  it('shows above a grant only the way to it', async () => {
    await index({ path: 'grants/eu/france/a.jpg' }, { path: 'grants/eu/spain/b.jpg' }, { path: 'grants/eu/loose.jpg' });
    await index({ path: 'grants/europe/c.jpg' });
    const person = await home.makeActor([
      { prefix: 'grants/eu/france/', role: 'viewer' },
      { prefix: 'grants/not-yet/', role: 'contributor' },
    ]);
    const nothing = { assetCount: null, bytes: null };
    expect(await page('', { as: person })).toMatchObject({
      entries: [{ type: 'folder', name: 'grants', path: 'grants/', ...nothing }],
      totals: { ...nothing, exact: false },
    });
    expect((await page('grants/', { as: person })).entries).toEqual([
      { type: 'folder', name: 'eu', path: 'grants/eu/', indexed: true, ...nothing },
      { type: 'folder', name: 'not-yet', path: 'grants/not-yet/', indexed: true, ...nothing },
    ]);
    expect((await page('grants/eu/', { as: person })).entries.map(({ name }) => name)).toEqual(['france']);
    expect(await page('grants/eu/france/', { as: person })).toMatchObject({
      entries: [{ name: 'a.jpg' }],
      totals: { assetCount: 1 },
    });
    expect((await page('grants/not-yet/', { as: person })).entries).toEqual([]);
    for (const path of ['grants/eu/spain/', 'grants/europe/', 'paging/', 'grants/eu/fra', 'grants/eu/france/deeper/']) {
      expect(roleAt(person, home.library.id, 'grants/eu/spain/')).toBeNull();
      await expect(page(path, { as: person })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
