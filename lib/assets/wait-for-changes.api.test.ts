import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { recordChange } from '#lib/indexing/record-change.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { closeChangeListener } from './change-listener.ts';
import { waitForChanges } from './wait-for-changes.ts';

let home: TestLibrary;
let admin: Actor;
const clients: pg.Client[] = [];

beforeAll(async () => {
  home = await makeTestLibrary();
  admin = await home.makeActor();
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await closeChangeListener();
  await home.remove();
  await closeDb();
});

async function connection(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  clients.push(client);
  return client;
}

const insert = (client: pg.Client, path: string) =>
  client.query(`INSERT INTO "Change" ("libraryId", "kind", "refId", "path") VALUES ($1, 'asset', '1', $2)`, [
    home.library.id,
    path,
  ]);
const note = (path: string) => db().$transaction((tx) => recordChange(tx, home.library.id, 'asset', 1n, path));
const wait = (after?: string, longestWaitMs = 3_000, as = admin, signal?: AbortSignal) =>
  waitForChanges(as, { library: home.library.slug, after }, { longestWaitMs, ...(signal ? { signal } : {}) });

/** Reads until nothing comes any more. */
async function drain(after: string, longestWaitMs = 300) {
  const paths: string[] = [];
  let cursor = after;
  for (;;) {
    const answer = await wait(cursor, longestWaitMs);
    cursor = answer.cursor;
    if (answer.changes.length === 0) return { paths, cursor };
    paths.push(...answer.changes.map(({ path }) => path));
  }
}

it('answers the present cursor at once, and later only what came after it', async () => {
  await note('before.jpg');
  const { changes, cursor } = await wait();
  expect(changes).toEqual([]);
  await note('after.jpg');
  expect(await wait(cursor)).toMatchObject({ changes: [{ kind: 'asset', id: '1', path: 'after.jpg' }], reset: false });
});

it('wakes when a change is committed while it waits', async () => {
  const { cursor } = await wait();
  const waiting = wait(cursor, 20_000);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await note('woken.jpg');
  expect((await waiting).changes).toEqual([{ kind: 'asset', id: '1', path: 'woken.jpg' }]);
});

it('does not miss a transaction that began earlier and commits later', async () => {
  const { cursor } = await wait();
  const [slow, quick] = [await connection(), await connection()];
  await slow.query('BEGIN');
  await insert(slow, 'slow.jpg');
  await quick.query('BEGIN');
  await insert(quick, 'quick.jpg');
  await quick.query('COMMIT');
  const early = await drain(cursor);
  await slow.query('COMMIT');
  const late = await drain(early.cursor, 1_000);
  expect([...early.paths, ...late.paths].sort()).toEqual(['quick.jpg', 'slow.jpg']);
});

it('misses nothing among many writers that commit in any order', async () => {
  const { cursor } = await wait();
  const writers = await Promise.all(Array.from({ length: 6 }, connection));
  const wanted: string[] = [];
  let over = false;
  const reading = (async () => {
    const paths: string[] = [];
    let at = cursor;
    for (;;) {
      const finished = over;
      const answer = await wait(at, 200);
      at = answer.cursor;
      paths.push(...answer.changes.map(({ path }) => path));
      if (finished && answer.changes.length === 0) return paths;
    }
  })();
  await Promise.all(
    writers.map(async (client, writer) => {
      for (let round = 0; round < 20; round++) {
        const path = `${writer}/${round}.jpg`;
        wanted.push(path);
        await client.query('BEGIN');
        await insert(client, path);
        await new Promise((resolve) => setTimeout(resolve, (writer * 7 + round * 3) % 20));
        await client.query('COMMIT');
      }
    }),
  );
  over = true;
  expect((await reading).sort()).toEqual(wanted.sort());
});

it('tells nobody about paths outside their grants', async () => {
  const person = await home.makeActor([{ prefix: 'mine/', role: 'viewer' }]);
  const { cursor } = await wait(undefined, 0, person);
  await note('theirs/secret.jpg');
  expect((await wait(cursor, 200, person)).changes).toEqual([]);
  await note('mine/open.jpg');
  expect((await wait(cursor, 2_000, person)).changes).toEqual([{ kind: 'asset', id: '1', path: 'mine/open.jpg' }]);
});

it('ends with the request, and holds no connection while it waits', async () => {
  const { cursor } = await wait();
  const gone = new AbortController();
  const waiting = Array.from({ length: 30 }, () => wait(cursor, 20_000, admin, gone.signal));
  await new Promise((resolve) => setTimeout(resolve, 500));
  // The pool holds 10 connections: thirty waiters that kept theirs would leave none.
  expect(await db().library.count()).toBeGreaterThan(0);
  gone.abort();
  for (const answer of await Promise.all(waiting)) expect(answer.changes).toEqual([]);
});

it('goes on after its connection was cut', async () => {
  const { cursor } = await wait();
  const waiting = wait(cursor, 20_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const cut = await db().$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'strata-changes' AND datname = current_database()`;
  expect(cut.length).toBeGreaterThan(0);
  await note('after-the-cut.jpg');
  expect((await waiting).changes.map(({ path }) => path)).toEqual(['after-the-cut.jpg']);
});

it('says reset for a cursor from before the notes were pruned, and refuses nonsense', async () => {
  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const old = await wait(cursor({ xid: '5', id: '0', at: Date.now() - 2 * 60 * 60 * 1000 }));
  expect(old).toMatchObject({ changes: [], reset: true });
  expect(await wait(old.cursor, 100)).toMatchObject({ reset: false });
  for (const bad of ['x', cursor({ xid: '-1', id: '0', at: 1 }), cursor({ xid: '1; DROP', id: '0', at: 1 })]) {
    await expect(wait(bad)).rejects.toMatchObject({ code: 'invalid_request' });
  }
  await expect(waitForChanges(admin, { library: 'not-there' })).rejects.toMatchObject({ code: 'not_found' });
});
