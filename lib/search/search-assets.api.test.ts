import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db, Prisma } from '#lib/db.ts';
import type { AppError } from '#lib/errors.ts';
import { applyListing } from '#lib/indexing/apply-listing.ts';
import { takeTicket } from '#lib/indexing/take-ticket.ts';
import { toKey } from '#lib/libraries/layout.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { foldText } from './fold-text.ts';
import { listSearchFacets } from './list-search-facets.ts';
import { type SearchInput, searchAssets } from './search-assets.ts';

let home: TestLibrary;
let admin: Actor;

beforeAll(async () => {
  home = await makeTestLibrary({ rootPrefix: 'media/' });
  admin = await home.makeActor();
  await index({ path: 'Autumn-Lakes/Jetty in Fog.JPG', size: 100, day: 1 });
  await index({ path: 'Autumn-Lakes/jetty_still water.png', size: 5_000, day: 2, storageClass: 'GLACIER' });
  await index({ path: 'press/Ångström straße.mp4', size: 70_000, day: 3 });
  await index({ path: 'press/Привет мир.pdf', size: 10, day: 4 });
  await index({ path: 'press/jetty-deleted.jpg', deleted: true });
  await index({ path: 'press/100%_sure.txt', size: 1, day: 5 });
});
afterAll(async () => {
  await db().mediaInfo.deleteMany({ where: { libraryId: home.library.id } });
  await db().tag.deleteMany({ where: { libraryId: home.library.id } });
  await home.remove();
  await closeDb();
});

type Wanted = { path: string; size?: number; day?: number; deleted?: boolean; storageClass?: string };

/** Puts a key into the index the way every write does. */
async function index({ path, size = 1, day = 1, deleted = false, storageClass }: Wanted): Promise<void> {
  const key = toKey(home.library, path);
  const version = {
    key,
    versionId: `v-${path}`,
    isDeleteMarker: false,
    isLatest: !deleted,
    modifiedAt: new Date(Date.UTC(2026, 10, day)),
    size,
    etag: 'e',
    storageClass: storageClass ?? null,
  };
  const marker = { ...version, versionId: `m-${path}`, isDeleteMarker: true, isLatest: true, size: 0, etag: null };
  const ticket = await takeTicket();
  await db().$transaction((tx) => applyListing(tx, home.library, key, ticket, deleted ? [marker, version] : [version]));
}

const search = (more: Partial<SearchInput>, as = admin) =>
  searchAssets(as, { library: home.library.slug, q: '', path: '', sort: 'name', limit: 100, ...more });
const names = async (more: Partial<SearchInput>, as?: Actor) =>
  (await search(more, as)).entries.map((entry) => (entry.type === 'folder' ? entry.path : entry.name));
const code = (promise: Promise<unknown>) => promise.then(() => 'answered').catch((error: AppError) => error.code);

describe('words', () => {
  it.each<[string, string[]]>([
    ['jetty', ['Jetty in Fog.JPG', 'jetty_still water.png']],
    ['fog JETTY', ['Jetty in Fog.JPG']],
    ['ett og', ['Jetty in Fog.JPG']],
    ['"in fog"', ['Jetty in Fog.JPG']],
    ['"fog in"', []],
    ['lakes water', ['jetty_still water.png']],
    ['autumn lakes', ['Autumn-Lakes/', 'Jetty in Fog.JPG', 'jetty_still water.png']],
    ['angstrom STRASSE', ['Ångström straße.mp4']],
    ['ångström', ['Ångström straße.mp4']],
    ['МИР', ['Привет мир.pdf']],
    ['privet', ['Привет мир.pdf']],
    ['st', ['Ångström straße.mp4', 'jetty_still water.png']],
    ['og', []],
    ['%', ['100%_sure.txt', 'Jetty in Fog.JPG', 'jetty_still water.png', 'Ångström straße.mp4', 'Привет мир.pdf']],
    ['video', ['Ångström straße.mp4']],
    ['jpeg', ['Jetty in Fog.JPG']],
    ['nowhere', []],
  ])('%s', async (q, wanted) => {
    expect((await names({ q })).toSorted()).toEqual(wanted.toSorted());
  });

  it('folds in the browser as in the database, over every letter of the alphabets in use', async () => {
    const texts = ['Autumn_Lakes/a--b.JPG', 'ﬁ ① Ｑ', '北京市/写真　1', '“quotes” — dash…', 'I İ ı i'];
    for (let at = 1; at < 0x2100; at += 1) texts.push(`x${String.fromCodePoint(at)}y`);
    const rows = await db().$queryRaw<{ text: string; folded: string }[]>`
      SELECT "text", btrim(search_fold("text")) AS "folded" FROM unnest(${texts}::text[]) AS "text"`;
    expect(rows.filter(({ text, folded }) => foldText(text) !== folded)).toEqual([]);
    expect(rows).toHaveLength(texts.length);
  });
});

describe('what is known beside the path', () => {
  const key = () => toKey(home.library, 'Autumn-Lakes/Jetty in Fog.JPG');

  it('finds tags and what inspection found, from the moment they are written until they go', async () => {
    const { id: libraryId } = home.library;
    expect(await names({ q: 'nikon' })).toEqual([]);
    await db().mediaInfo.create({
      data: {
        libraryId,
        key: key(),
        versionId: 'v-Autumn-Lakes/Jetty in Fog.JPG',
        etag: 'e',
        kind: 'image',
        contentType: 'image/jpeg',
        camera: 'NIKON Z 6',
        takenAt: new Date('2025-10-02T08:00:00Z'),
        searchText: 'Nikkor 50mm',
        inspectedAt: new Date(),
      },
    });
    await db().tag.createMany({ data: [{ libraryId, key: key(), name: 'Best of Year' }] });
    for (const q of ['nikon fog', 'nikkor', 'best fog', 'year jetty']) {
      expect(await names({ q }), q).toEqual(['Jetty in Fog.JPG']);
    }
    expect(await names({ tag: 'Best of Year' })).toEqual(['Jetty in Fog.JPG']);
    expect(await names({ tag: 'best of year' })).toEqual([]);
    expect(await names({ takenFrom: '2025-10-02T00:00:00Z', takenTo: '2025-10-03T00:00:00Z' })).toEqual([
      'Jetty in Fog.JPG',
    ]);
    expect(await names({ takenFrom: '2025-10-03T00:00:00Z' })).toEqual([]);
    expect((await listSearchFacets(admin, { library: home.library.slug })).tags).toEqual([
      { name: 'Best of Year', count: 1 },
    ]);

    await db().mediaInfo.updateMany({ where: { libraryId, key: key() }, data: { camera: 'Canon R5' } });
    expect([await names({ q: 'nikon' }), await names({ q: 'canon' })]).toEqual([[], ['Jetty in Fog.JPG']]);
    await db().tag.deleteMany({ where: { libraryId, key: key() } });
    expect(await names({ q: 'best' })).toEqual([]);
  });

  it('takes a writer’s word for none of it', async () => {
    const where = { libraryId: home.library.id, path: 'press/Привет мир.pdf' };
    await db().asset.updateMany({ where, data: { searchText: 'forged', takenAt: new Date() } });
    expect([await names({ q: 'forged' }), await names({ q: 'privet' })]).toEqual([[], ['Привет мир.pdf']]);
  });
});

describe('filters', () => {
  it.each<[Partial<SearchInput>, string[]]>([
    [{ kind: 'video' }, ['Ångström straße.mp4']],
    [{ kind: 'image', q: 'fog' }, ['Jetty in Fog.JPG']],
    [{ minSize: 5_000, maxSize: 70_000 }, ['jetty_still water.png', 'Ångström straße.mp4']],
    [{ maxSize: 1 }, ['100%_sure.txt']],
    [{ from: '2026-11-02T00:00:00Z', to: '2026-11-04T00:00:00Z' }, ['jetty_still water.png', 'Ångström straße.mp4']],
    [{ storageClass: 'GLACIER' }, ['jetty_still water.png']],
    [{ path: 'press', q: 'jetty' }, []],
    [{ path: 'press/', q: 'sure' }, ['100%_sure.txt']],
    [{ tag: 'no such' }, []],
  ])('%j', async (more, wanted) => {
    expect(await names(more)).toEqual(wanted);
  });

  it('finds what a person uploaded, by the version that is current', async () => {
    const person = await home.makeActor();
    const { id: libraryId } = home.library;
    const path = 'press/100%_sure.txt';
    const upload = { libraryId, key: toKey(home.library, path), path, size: 1n, contentType: 'text/plain' };
    const rest = { kind: 'single', ifExists: 'fail', state: 'completed', expiresAt: new Date() } as const;
    await db().upload.create({
      data: { ...upload, ...rest, id: crypto.randomUUID(), userId: person.userId, versionId: `v-${path}` },
    });
    await db().upload.create({
      data: { ...upload, ...rest, id: crypto.randomUUID(), userId: admin.userId, versionId: 'older' },
    });
    expect(await names({ person: String(person.userId) })).toEqual(['100%_sure.txt']);
    expect(await names({ person: String(admin.userId) })).toEqual([]);
    const { people, storageClasses } = await listSearchFacets(admin, { library: home.library.slug });
    expect(people.map((one) => one.id)).toContain(String(person.userId));
    expect(storageClasses).toEqual(['STANDARD', 'GLACIER']);
  });
});

describe('grants', () => {
  it('shows what is granted and nothing beside it, also in facets', async () => {
    const press = await home.makeActor([{ prefix: 'press/', role: 'viewer' }]);
    expect(await names({ q: 'jetty' }, press)).toEqual([]);
    expect(await names({ q: 'autumn' }, press)).toEqual([]);
    expect(await names({ q: 'sure' }, press)).toEqual(['100%_sure.txt']);
    expect(await code(search({ path: 'Autumn-Lakes/' }, press))).toBe('not_found');
    expect((await listSearchFacets(press, { library: home.library.slug })).storageClasses).toEqual(['STANDARD']);
  });
});

describe('many matches', () => {
  const count = 5_040;
  beforeAll(async () => {
    const root = await db().folder.findFirstOrThrow({ where: { libraryId: home.library.id, path: '' } });
    await db().$executeRaw`
      INSERT INTO "Asset" ("libraryId", "folderId", "path", "name", "state", "kind", "size", "modifiedAt", "versionId")
      SELECT ${home.library.id}, ${root.id}, 'many/' || p."name", p."name", 'live', 'image', n % 7, '2026-01-01'::timestamptz + n % 5 * interval '1 day', 'v'
      FROM generate_series(1, ${count}::int) AS n, LATERAL (SELECT 'heap ' || n || '.jpg' AS "name") AS p`;
  });

  it('are sorted as far as the cap, say so, and page without a gap or a double', async () => {
    for (const sort of ['name', '-name', 'size', '-size', 'modified', '-modified', 'type'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await search({ q: 'heap', sort, limit: 500, cursor });
        expect([page.partial, page.total]).toEqual([true, { count: 5_000, exact: false }]);
        seen.push(...page.entries.flatMap((entry) => (entry.type === 'asset' ? [entry.id] : [])));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(seen).toHaveLength(5_000);
      expect(new Set(seen).size).toBe(5_000);
    }
    const narrow = await search({ q: 'heap 77', sort: '-size', limit: 500 });
    const sizes = narrow.entries.map((entry) => (entry.type === 'asset' ? entry.size : 0));
    expect([narrow.partial, narrow.total.exact, narrow.total.count]).toEqual([false, true, narrow.entries.length]);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it('take no cursor of another query or order', async () => {
    const { nextCursor } = await search({ q: 'heap', limit: 5 });
    const cursor = String(nextCursor);
    expect(await code(search({ q: 'heap', limit: 5, cursor }))).toBe('answered');
    expect(await code(search({ q: 'heaps', limit: 5, cursor }))).toBe('invalid_request');
    expect(await code(search({ q: 'heap', sort: 'size', limit: 5, cursor }))).toBe('invalid_request');
    expect(await code(search({ q: 'heap', limit: 5, cursor: 'x' }))).toBe('invalid_request');
  });
});

it('ends a search that takes too long, and says what to do', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let locked = () => {};
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const blocker = db().$transaction(
    async (tx) => {
      await tx.$executeRaw(Prisma.sql`LOCK TABLE "Asset" IN ACCESS EXCLUSIVE MODE`);
      locked();
      await held;
    },
    { timeout: 20_000 },
  );
  await isLocked;
  const error = await search({ q: 'jetty' }).catch((thrown: AppError) => thrown);
  release();
  await blocker;
  expect(error).toMatchObject({
    code: 'search_too_slow',
    detail: expect.stringContaining('Narrow it by folder or date'),
  });
  expect(await names({ q: 'fog' })).toEqual(['Jetty in Fog.JPG']);
});

it('refuses text that no name can hold', async () => {
  expect(await code(search({ q: 'a\u0000b' }))).toBe('invalid_request');
  expect(await code(search({ tag: '\ud800' }))).toBe('invalid_request');
});
