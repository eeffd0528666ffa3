import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import type { JobName } from './definitions.ts';
import { listJobs } from './list-jobs.ts';
import { retryJobs } from './retry-jobs.ts';

let own: TestLibrary;
let other: TestLibrary;
let admin: Actor;
const made: bigint[] = [];

beforeAll(async () => {
  own = await makeTestLibrary({ rootPrefix: 'media/' });
  other = await makeTestLibrary();
  admin = await own.makeActor();
});
afterAll(async () => {
  await db().$executeRaw`SELECT graphile_worker.complete_jobs(${made}::bigint[])`;
  await own.remove();
  await other.remove();
  await closeDb();
});

/** A job that failed, for good or with tries left. */
async function failed(name: JobName, payload: object, attempts = 8): Promise<string> {
  const [job] = await db().$queryRaw<{ id: bigint }[]>`
    SELECT "id" FROM graphile_worker.add_job(${name}::text, ${JSON.stringify(payload)}::json, max_attempts := 8)`;
  const id = job?.id as bigint;
  made.push(id);
  await db().$executeRaw`
    UPDATE graphile_worker._private_jobs SET "attempts" = ${attempts}, "last_error" = 'The store does not answer.',
      "run_at" = now() + interval '1 hour' WHERE "id" = ${id}`;
  return String(id);
}
const seen = async (actor: Actor) => (await listJobs(actor, { limit: 100 })).failures;
const libraryId = () => String(own.library.id);

describe('listJobs', () => {
  it('names library and file of a failure, its sentence, and when it comes again', async () => {
    const file = await failed('index-library', { libraryId: libraryId(), key: 'media/a/b.jpg' });
    const later = await failed('index-library', { libraryId: libraryId() }, 3);
    const [second, first] = await seen(admin);
    expect(first).toMatchObject({
      id: file,
      library: { slug: own.library.slug },
      path: 'a/b.jpg',
      sentence: 'The store does not answer.',
      attempts: 8,
      maxAttempts: 8,
      nextAt: null,
    });
    expect(second).toMatchObject({ id: later, path: null, attempts: 3 });
    expect(Date.parse(String(second?.nextAt))).toBeGreaterThan(Date.now());
    const queue = (await listJobs(admin, { limit: 1 })).queues.find(({ job }) => job === 'index-library');
    expect(queue).toMatchObject({ failed: 1, running: 0 });
  });

  it('finds the library through the operation, and shows it to its admins only', async () => {
    const operation = await db().operation.create({
      data: { libraryId: other.library.id, userId: admin.userId, type: 'trash', state: 'queued', params: {}, plan: {} },
    });
    const id = await failed('run-operation', { operationId: String(operation.id) });
    const ids = async (actor: Actor) => (await seen(actor)).map((failure) => failure.id);
    expect(await ids(admin)).not.toContain(id);
    expect(await ids(await other.makeActor())).toContain(id);
    expect((await retryJobs(admin, { ids: [id] })).results).toMatchObject([
      { ok: false, error: { code: 'not_found' } },
    ]);
  });

  it('is refused to those who administer no library, and gives pages', async () => {
    const folderAdmin = await own.makeActor([{ prefix: 'a/', role: 'admin' }]);
    await expect(listJobs(folderAdmin, { limit: 10 })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(retryJobs(folderAdmin, { ids: ['1'] })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listJobs(admin, { limit: 1, cursor: 'eyJhIjoxfQ' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const all = (await seen(admin)).map(({ id }) => id);
    const first = await listJobs(admin, { limit: 1 });
    const rest = await listJobs(admin, { limit: 100, cursor: String(first.nextCursor) });
    expect([...first.failures, ...rest.failures].map(({ id }) => id)).toEqual(all);
  });
});

describe('retryJobs', () => {
  it('has a job run again from its first attempt, once, and says who did it', async () => {
    const id = await failed('index-library', { libraryId: libraryId(), key: 'media/c.jpg' });
    const { results } = await retryJobs(admin, { ids: [id, '999999999999'] });
    expect(results.map((result) => result.ok)).toEqual([true, false]);
    const [job] = await db().$queryRaw<{ attempts: number; due: boolean }[]>`
      SELECT "attempts"::int AS "attempts", "run_at" <= now() AS "due" FROM graphile_worker.jobs WHERE "id" = ${BigInt(id)}`;
    expect(job).toEqual({ attempts: 0, due: true });
    const events = await db().auditEvent.findMany({ where: { type: 'job.retried', libraryId: own.library.id } });
    expect(events).toMatchObject([
      { userId: admin.userId, path: 'c.jpg', data: { type: 'job.retried', job: 'index-library' } },
    ]);
  });

  it('leaves one that a worker has in hand alone', async () => {
    const id = await failed('index-library', { libraryId: libraryId() });
    await db().$executeRaw`
      UPDATE graphile_worker._private_jobs SET "locked_at" = now(), "locked_by" = 'x' WHERE "id" = ${BigInt(id)}`;
    expect((await retryJobs(admin, { ids: [id] })).results).toMatchObject([{ ok: false }]);
    await db().$executeRaw`
      UPDATE graphile_worker._private_jobs SET "locked_at" = NULL, "locked_by" = NULL WHERE "id" = ${BigInt(id)}`;
  });
});
