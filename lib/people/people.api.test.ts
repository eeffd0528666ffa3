import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { attemptKey, forgetAttempts } from '#lib/auth/attempt-limiter.ts';
import { createToken } from '#lib/auth/create-token.ts';
import type { PersonView } from '#lib/auth/schema.ts';
import { closeDb, db } from '#lib/db.ts';
import { allEndpoints } from '#lib/http/all-endpoints.ts';
import { browserOf, TestBrowser } from '#scripts/testing/browser.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { addGrant } from './add-grant.ts';
import { disablePerson } from './disable-person.ts';
import { removeGrant } from './remove-grant.ts';

let world: TestLibrary;
let elsewhere: TestLibrary;
let admin: Actor;
let page: TestBrowser;
const made: bigint[] = [];

beforeAll(async () => {
  [world, elsewhere] = [await makeTestLibrary(), await makeTestLibrary()];
  return async () => {
    await world.remove();
    await elsewhere.remove();
    await closeDb();
  };
});

beforeEach(async () => {
  admin = await world.makeActor([{ prefix: '', role: 'admin' }], 'Ada Admin');
  page = await browserOf(admin.userId);
  await forgetAttempts(attemptKey('address', '127.0.0.1'));
});

afterEach(async () => {
  await db().auditEvent.deleteMany({ where: { libraryId: { in: [world.library.id, elsewhere.library.id] } } });
  await db().user.deleteMany({ where: { id: { in: made.splice(0) } } });
  // So that each test has exactly one admin.
  await db().grant.deleteMany({ where: { libraryId: { in: [world.library.id, elsewhere.library.id] } } });
});

async function create(more: Record<string, unknown> = {}) {
  const email = `${crypto.randomUUID()}@test.invalid`;
  const grant = { library: world.library.slug, prefix: 'press', role: 'contributor' };
  const answer = await page.api('POST', '/admin/users', { email, name: 'Jonas Weber', grant, ...more });
  const person = answer.body.person as PersonView | undefined;
  if (person) made.push(BigInt(person.id));
  return { ...answer, email, person: person as PersonView, password: answer.body.password as string | null };
}

const events = async () =>
  (await db().auditEvent.findMany({ where: { userId: admin.userId }, orderBy: { id: 'asc' } })).map(
    (event) => event.data,
  );

describe('adding people', () => {
  test('with a made password, shown once, that works; folder prefixes end in a slash; both facts are in the log', async () => {
    const { status, email, person, password } = await create();
    expect(status).toBe(201);
    expect(person).toMatchObject({ email, name: 'Jonas Weber', disabled: false, sessionCount: 0, you: false });
    expect(person.grants).toMatchObject([
      { library: world.library.slug, prefix: 'press/', role: 'contributor', coveredBy: null },
    ]);
    expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    const list = await page.api('GET', '/admin/users');
    expect(list.text).not.toContain(password);
    const browser = new TestBrowser();
    expect(await browser.signIn(email, password as string)).toBeNull();
    expect(await events()).toEqual([
      { type: 'user.created', email },
      { type: 'grant.added', email, prefix: 'press/', role: 'contributor' },
    ]);
  });

  test('with a given password, which is not sent back', async () => {
    const { password, email } = await create({ password: 'given by the admin' });
    expect(password).toBeNull();
    expect(await new TestBrowser().signIn(email, 'given by the admin')).toBeNull();
  });

  test('bad input is refused field by field, and a taken e-mail too', async () => {
    const { email } = await create();
    for (const [more, path] of [
      [{ email }, 'email'],
      [{ email: 'no address' }, 'email'],
      [{ name: '  ' }, 'name'],
      [{ name: 'a\nb' }, 'name'],
      [{ password: 'short' }, 'password'],
      [{ grant: { library: world.library.slug, prefix: 'a//b', role: 'viewer' } }, 'prefix'],
      [{ grant: { library: world.library.slug, prefix: '', role: 'owner' } }, 'grant.role'],
    ] as const) {
      const answer = await create(more);
      expect(answer, JSON.stringify(more)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    }
    expect(await db().user.count({ where: { email } })).toBe(1);
  });
});

describe('grants', () => {
  test('one on the same folder is replaced; one that another covers says so; taking it back works', async () => {
    const { person } = await create();
    const put = (prefix: string, role: string) =>
      page.api('POST', `/admin/users/${person.id}/grants`, { library: world.library.slug, prefix, role });
    await put('press/', 'viewer');
    const { body } = await put('', 'contributor');
    const grants = (body.person as PersonView).grants;
    expect(grants).toMatchObject([
      { prefix: '', role: 'contributor', coveredBy: null },
      { prefix: 'press/', role: 'viewer', coveredBy: grants[0]?.id },
    ]);
    const removed = await page.api('DELETE', `/admin/users/${person.id}/grants/${grants[0]?.id}`);
    expect((removed.body.person as PersonView).grants).toMatchObject([{ prefix: 'press/', coveredBy: null }]);
    expect((await page.api('DELETE', `/admin/users/${person.id}/grants/${grants[0]?.id}`)).status).toBe(404);
    expect((await events()).slice(2)).toMatchObject([
      { type: 'grant.removed', prefix: 'press/', role: 'contributor' },
      { type: 'grant.added', prefix: 'press/', role: 'viewer' },
      { type: 'grant.added', prefix: '', role: 'contributor' },
      { type: 'grant.removed', prefix: '', role: 'contributor' },
    ]);
  });

  test('count from the very next request', async () => {
    const { person } = await create();
    const theirs = await browserOf(BigInt(person.id));
    expect((await theirs.api('GET', '/me')).body.grants).toHaveLength(1);
    await page.api('DELETE', `/admin/users/${person.id}/grants/${person.grants[0]?.id}`);
    expect((await theirs.api('GET', '/me')).body.grants).toHaveLength(0);
    expect((await theirs.api('GET', `/libraries/${world.library.slug}/entries`)).status).toBe(404);
  });
});

describe('disabling', () => {
  test('ends sessions and tokens at once and for good; enabling lets them sign in anew', async () => {
    const { person, email, password } = await create();
    const theirs = new TestBrowser();
    await theirs.signIn(email, password as string);
    const { token } = await createToken({ ...admin, userId: BigInt(person.id) }, { name: 'import' });
    const program = { authorization: `Bearer ${token.secret}` };
    expect((await new TestBrowser().api('GET', '/me', undefined, program)).status).toBe(200);

    const disabled = await page.api('POST', `/admin/users/${person.id}/disable`, {});
    expect(disabled.body.person).toMatchObject({ disabled: true, sessionCount: 0, tokenCount: 0 });
    expect((await theirs.api('GET', '/me')).body.detail).toContain('disabled');
    expect((await new TestBrowser().api('GET', '/me', undefined, program)).status).toBe(401);
    expect(await theirs.signIn(email, password as string)).toBe('unauthenticated');

    expect((await page.api('POST', `/admin/users/${person.id}/enable`, {})).body.person).toMatchObject({
      disabled: false,
    });
    expect((await new TestBrowser().api('GET', '/me', undefined, program)).status).toBe(401);
    const again = new TestBrowser();
    expect(await again.signIn(email, password as string)).toBeNull();
    expect((await again.api('GET', '/me')).status).toBe(200);
  });

  test('signing out everywhere and a new password end the sessions too', async () => {
    const { person, email, password } = await create();
    const theirs = new TestBrowser();
    await theirs.signIn(email, password as string);
    expect((await page.api('POST', `/admin/users/${person.id}/end-sessions`, {})).body.person).toMatchObject({
      sessionCount: 0,
    });
    expect((await theirs.api('GET', '/me')).status).toBe(401);
    expect(await theirs.signIn(email, password as string)).toBeNull();
    const reset = await page.api('POST', `/admin/users/${person.id}/reset-password`, {});
    expect((await theirs.api('GET', '/me')).body.detail).toContain('reset your password');
    expect(await theirs.signIn(email, password as string)).toBe('unauthenticated');
    expect(await theirs.signIn(email, String(reset.body.password))).toBeNull();
    expect(JSON.stringify(await events())).not.toContain(String(reset.body.password));
  });

  test('oneself, and resetting the own password here, are refused with the reason', async () => {
    await world.makeActor([{ prefix: '', role: 'admin' }], 'Second Admin');
    for (const what of ['disable', 'reset-password']) {
      expect(await page.api('POST', `/admin/users/${admin.userId}/${what}`, {})).toMatchObject({
        status: 409,
        body: { code: 'wrong_state' },
      });
    }
  });
});

describe('the last admin of a library', () => {
  test('cannot be disabled, lose the grant, or be weakened; the reason is said; with a second one all of it works', async () => {
    const self = String(admin.userId);
    const mine = async () => {
      const { people } = (await page.api('GET', '/admin/users')).body as { people: PersonView[] };
      return people.find((person) => person.you) as PersonView;
    };
    const grant = (await mine()).grants[0];
    expect(grant?.lastAdmin).toBe(true);
    expect((await mine()).keepEnabledReason).toContain('last admin');
    const removal = await page.api('DELETE', `/admin/users/${self}/grants/${grant?.id}`);
    expect(removal).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    expect(removal.body.detail).toContain('last admin');
    const weaken = { library: world.library.slug, prefix: '', role: 'viewer' };
    expect((await page.api('POST', `/admin/users/${self}/grants`, weaken)).status).toBe(409);

    // A disabled admin does not count, an admin of a folder does not count.
    const second = await world.makeActor([{ prefix: '', role: 'admin' }], 'Second Admin');
    await world.makeActor([{ prefix: 'press/', role: 'admin' }], 'Folder Admin');
    await page.api('POST', `/admin/users/${second.userId}/disable`, {});
    expect((await page.api('DELETE', `/admin/users/${self}/grants/${grant?.id}`)).status).toBe(409);
    await page.api('POST', `/admin/users/${second.userId}/enable`, {});
    expect((await page.api('DELETE', `/admin/users/${self}/grants/${grant?.id}`)).status).toBe(200);
    expect((await page.api('GET', '/admin/users')).status).toBe(403);
  });

  test('two admins who disable each other at the same moment: one stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const pair = [
        await elsewhere.makeActor([{ prefix: '', role: 'admin' }], 'One'),
        await elsewhere.makeActor([{ prefix: '', role: 'admin' }], 'Two'),
      ] as const;
      const results = await Promise.allSettled([
        disablePerson(pair[0], { id: String(pair[1].userId) }),
        disablePerson(pair[1], { id: String(pair[0].userId) }),
      ]);
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
      await db().grant.deleteMany({ where: { libraryId: elsewhere.library.id } });
    }
  });

  test('two admins who take their own grant back at the same moment: one keeps it', async () => {
    const pair = [
      await elsewhere.makeActor([{ prefix: '', role: 'admin' }], 'One'),
      await elsewhere.makeActor([{ prefix: '', role: 'admin' }], 'Two'),
    ] as const;
    const own = async (actor: Actor) =>
      String((await db().grant.findFirstOrThrow({ where: { userId: actor.userId } })).id);
    const grants = [await own(pair[0]), await own(pair[1])] as const;
    const results = await Promise.allSettled([
      removeGrant(pair[0], { id: String(pair[0].userId), grant: grants[0] }),
      removeGrant(pair[1], { id: String(pair[1].userId), grant: grants[1] }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('scope', () => {
  test('an admin sees and changes only people and grants of their libraries', async () => {
    const stranger = await elsewhere.makeActor([{ prefix: '', role: 'admin' }], 'Else Where');
    const both = await elsewhere.makeActor([{ prefix: 'a/', role: 'viewer' }], 'Bo Both');
    const { people } = (await page.api('GET', '/admin/users?q=Else')).body as { people: PersonView[] };
    expect(people).toEqual([]);
    for (const path of ['disable', 'enable', 'end-sessions', 'reset-password']) {
      expect((await page.api('POST', `/admin/users/${stranger.userId}/${path}`, {})).status).toBe(404);
    }
    const place = { prefix: '', role: 'admin' };
    const into = (id: bigint, library: string) => page.api('POST', `/admin/users/${id}/grants`, { ...place, library });
    expect((await into(stranger.userId, world.library.slug)).status).toBe(404);
    expect((await into(admin.userId, elsewhere.library.slug)).status).toBe(404);

    // Known in both libraries: grants of the other one stay hidden, and the account is out of reach.
    await db().grant.create({
      data: { userId: both.userId, libraryId: world.library.id, prefix: 'b/', role: 'viewer' },
    });
    const seen = ((await page.api('GET', '/admin/users?q=Bo')).body.people as PersonView[])[0];
    expect(seen?.grants).toMatchObject([{ library: world.library.slug, prefix: 'b/' }]);
    expect(seen?.protectedReason).toContain('do not administer');
    for (const path of ['disable', 'end-sessions', 'reset-password']) {
      expect((await page.api('POST', `/admin/users/${both.userId}/${path}`, {})).status).toBe(409);
    }
    const hidden = await db().grant.findFirstOrThrow({
      where: { userId: both.userId, libraryId: elsewhere.library.id },
    });
    expect((await page.api('DELETE', `/admin/users/${both.userId}/grants/${hidden.id}`)).status).toBe(404);
    expect((await page.api('DELETE', `/admin/users/${both.userId}/grants/${seen?.grants[0]?.id}`)).status).toBe(200);
    expect(await db().grant.count({ where: { userId: both.userId } })).toBe(1);
  });

  test('viewers, contributors, admins of a folder and strangers get nowhere, on any endpoint of it', async () => {
    const target = await world.makeActor([{ prefix: 'x/', role: 'viewer' }]);
    const browsers = [
      await browserOf((await world.makeActor([{ prefix: '', role: 'viewer' }])).userId),
      await browserOf((await world.makeActor([{ prefix: '', role: 'contributor' }])).userId),
      await browserOf((await world.makeActor([{ prefix: 'x/', role: 'admin' }])).userId),
    ];
    const people = Object.values(allEndpoints).filter((endpoint) => endpoint.path.startsWith('/admin/users'));
    expect(people).toHaveLength(8);
    const body = {
      email: 'a@test.invalid',
      name: 'A',
      grant: { library: world.library.slug, prefix: '', role: 'admin' },
      library: world.library.slug,
      prefix: '',
      role: 'admin',
    };
    for (const { method, path } of people) {
      const address = path.replace('{id}', String(target.userId)).replace('{grant}', '1');
      expect((await new TestBrowser().api(method, address, body)).status).toBe(401);
      for (const browser of browsers) {
        expect((await browser.api(method, address, body)).status, `${method} ${path}`).toBe(403);
      }
    }
    expect(await db().grant.count({ where: { userId: target.userId } })).toBe(1);
  });

  test('a demotion counts for a request that was already on its way', async () => {
    const second = await world.makeActor([{ prefix: '', role: 'admin' }], 'Second Admin');
    await db().grant.deleteMany({ where: { userId: second.userId } });
    // `second` still carries the grants of the moment its request came in.
    const target = { id: String(admin.userId), library: world.library.slug, prefix: 'x', role: 'viewer' } as const;
    await expect(addGrant(second, target)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('people come by name in pages, and are found by a part of name or e-mail', async () => {
  const names = ['Anna', 'bert', 'Émile', 'Zoë 100%', 'Zoe_100'];
  for (const name of names) await create({ name });
  const seen: string[] = [];
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const answer = await page.api('GET', `/admin/users?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    const { people, nextCursor } = answer.body as { people: PersonView[]; nextCursor: string | null };
    expect(people.length).toBeLessThanOrEqual(2);
    seen.push(...people.map((person) => person.name));
    ids.push(...people.map((person) => person.id));
    cursor = nextCursor;
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(seen.filter((name) => names.includes(name))).toEqual(['Anna', 'bert', 'Zoe_100', 'Zoë 100%', 'Émile']);
  const find = async (q: string) =>
    ((await page.api('GET', `/admin/users?q=${encodeURIComponent(q)}`)).body.people as PersonView[]).map(
      (person) => person.name,
    );
  expect(await find('zo')).toEqual(['Zoe_100', 'Zoë 100%']);
  expect(await find('0%')).toEqual(['Zoë 100%']);
  expect(await find('e_1')).toEqual(['Zoe_100']);
  expect((await page.api('GET', '/admin/users?cursor=nonsense')).status).toBe(400);
});
