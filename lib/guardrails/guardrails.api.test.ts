import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { readDocument, writeDocument } from '#lib/storage/bucket-documents.ts';
import { listVersionsPage } from '#lib/storage/versions.ts';
import { articleStatements } from '#scripts/testing/article-policies.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { sendSigned } from '#scripts/testing/store.ts';
import { checkAllLibraries } from './check-all-libraries.ts';
import { dropUserStatements } from './drop-user-statements.ts';
import { getGuardrails } from './get-guardrails.ts';
import type { GuardrailId } from './guardrails.ts';
import { listGuardrailRuns } from './list-guardrail-runs.ts';
import type { Policy, Statement } from './policy.ts';
import { checkGuardrails, requestApply, requestRevert } from './request-run.ts';
import { runGuardrails } from './run-guardrails.ts';
import { startBrowserProbe } from './start-browser-probe.ts';

let test: TestLibrary;
let admin: Actor;
/** As the start made them; put back at the end, since every test of this run shares the store's users. */
const users = ['strata-app', 'strata-upload', 'strata-purge'];
let policies: unknown[];
const putUsersBack = () =>
  Promise.all(users.map((name, index) => writeDocument({ kind: 'user-policy', name }, policies[index])));

beforeAll(async () => {
  test = await makeTestLibrary();
  admin = await test.makeActor();
  policies = await Promise.all(users.map((name) => readDocument({ kind: 'user-policy', name })));
});
afterAll(async () => {
  if (policies) await putUsersBack();
  // The schedule began a look at every library of this run of tests: nobody is to carry those out.
  await db().guardrailRun.deleteMany({ where: { state: 'waiting' } });
  await db().$executeRaw`
    SELECT graphile_worker.complete_jobs(array_agg("id")) FROM graphile_worker.jobs WHERE "task_identifier" = 'run-guardrails'`;
  await test?.remove();
  await closeDb();
});

const slug = () => test.library.slug;
const bucketPolicy = () => ({ kind: 'bucket-policy' as const, name: test.library.bucket });
const look = async (...guardrails: GuardrailId[]) =>
  (await checkGuardrails(admin, { library: slug(), ...(guardrails.length > 0 ? { guardrails } : {}) })).guardrails;
const rowOf = async (id: GuardrailId) => {
  const { rows } = (await getGuardrails(admin, { library: slug() })).guardrails;
  const row = rows.find((one) => one.id === id);
  if (!row) throw new Error(`${id} is not there.`);
  return row;
};
const apply = async (guardrail: GuardrailId, documents?: unknown[]) => {
  const { change } = await rowOf(guardrail);
  const revision = change?.revision ?? '';
  return (await requestApply(admin, { library: slug(), guardrail, revision, documents })).guardrails;
};

const publicRead = (bucket: string): Statement => ({
  Sid: 'PublicWebsite',
  Effect: 'Allow',
  Principal: '*',
  Action: ['s3:GetObject'],
  Resource: [`arn:aws:s3:::${bucket}/*`],
});

describe('a look', () => {
  it('probes everything, leaves nothing in the bucket, and goes into the audit log', async () => {
    const { rows, run, binding } = await look();
    const verdicts = Object.fromEntries(rows.map(({ id, verdict, probe }) => [id, [verdict, probe?.outcome ?? null]]));
    expect(verdicts).toEqual({
      versioning: ['pass', 'held'],
      encryption: ['fail', 'answered'],
      'wrong-encryption': ['fail', 'answered'],
      tls: ['unsupported', null],
      anonymous: ['pass', 'held'],
      'public-access-block': ['unsupported', null],
      ownership: ['unsupported', null],
      cors: ['pass', 'held'],
      'link-age': ['fail', 'answered'],
      unfinished: ['unsupported', null],
      'own-rights': ['pass', 'held'],
    });
    expect(run).toMatchObject({ kind: 'check', state: 'done', by: { you: true }, passing: 4 });
    expect(binding).toMatch(/user policy/);
    expect((await listVersionsPage({ bucket: test.library.bucket, prefix: '' })).versions).toEqual([]);
    const events = await db().auditEvent.findMany({ where: { libraryId: test.library.id } });
    expect(events.map(({ data }) => data)).toEqual([
      { type: 'guardrails.checked', passing: 4, failing: ['encryption', 'wrong-encryption', 'link-age'] },
    ]);
    // Signatures are secrets.
    expect(JSON.stringify(rows)).not.toMatch(/X-Amz-Signature/i);
  });

  it('takes in what a browser saw, and asks the store whether it is true', async () => {
    const { key, body, put } = await startBrowserProbe(admin, { library: slug() });
    const told = { key, status: 200, etagReadable: true, ms: 12 };
    const cors = async () => {
      const { rows } = (await checkGuardrails(admin, { library: slug(), guardrails: ['cors'], browser: told }))
        .guardrails;
      return rows.find(({ id }) => id === 'cors')?.probe?.steps.find(({ from }) => from === 'browser');
    };
    expect(await cors()).toMatchObject({ ok: false, text: expect.stringMatching(/nothing arrived/) });
    expect((await sendSigned({ ...put, method: 'PUT' }, body)).status).toBe(200);
    expect(await cors()).toMatchObject({ ok: true, ms: 12 });
    expect((await listVersionsPage({ bucket: test.library.bucket, prefix: '' })).versions).toEqual([]);
  });

  it('is for admins of the whole library', async () => {
    const part = await test.makeActor([{ prefix: 'archive/', role: 'admin' }]);
    await expect(getGuardrails(part, { library: slug() })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(checkGuardrails(part, { library: slug() })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(requestApply(part, { library: slug(), guardrail: 'encryption', revision: 'x' })).rejects.toMatchObject(
      { code: 'forbidden' },
    );
  });
});

describe('applying', () => {
  beforeEach(putUsersBack);

  it('encrypts by default, and takes it back', async () => {
    await look('encryption');
    const after = await apply('encryption');
    expect(after.rows.find(({ id }) => id === 'encryption')).toMatchObject({ verdict: 'pass', change: null });
    const [applied] = after.applied;
    expect(applied).toMatchObject({ guardrail: 'encryption' });
    await requestRevert(admin, { library: slug(), guardrail: 'encryption', changeId: applied?.changeId ?? '' });
    expect(await readDocument({ kind: 'encryption', name: test.library.bucket })).toBeNull();
    expect((await rowOf('encryption')).verdict).toBe('fail');
    expect((await getGuardrails(admin, { library: slug() })).guardrails.applied).toEqual([]);
  });

  it('closes a public bucket and leaves the statement of others as it is', async () => {
    const foreign = publicRead(test.library.bucket);
    await writeDocument(bucketPolicy(), { Version: '2012-10-17', Statement: [foreign] });
    expect((await look('anonymous')).rows.find(({ id }) => id === 'anonymous')).toMatchObject({ verdict: 'fail' });
    const { rows, applied } = await apply('anonymous');
    expect(rows.find(({ id }) => id === 'anonymous')).toMatchObject({ verdict: 'pass' });
    const { Statement } = (await readDocument(bucketPolicy())) as Policy;
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['PublicWebsite', 'StrataNoAnonymous']);
    await requestRevert(admin, { library: slug(), guardrail: 'anonymous', changeId: applied[0]?.changeId ?? '' });
    expect(((await readDocument(bucketPolicy())) as Policy).Statement).toHaveLength(1);
    await writeDocument(bucketPolicy(), null);
  });

  it('puts what binds signed links into the policies of the users, beside what stands there', async () => {
    await look('wrong-encryption', 'link-age');
    for (const id of ['wrong-encryption', 'link-age'] as const) {
      const { rows } = await apply(id);
      const row = rows.find((one) => one.id === id);
      expect(row?.verdict, JSON.stringify(row?.probe)).toBe('pass');
    }
    const upload = (await readDocument({ kind: 'user-policy', name: 'strata-upload' })) as Policy;
    const { bucket } = test.library;
    expect(upload.Statement.map(({ Sid }) => Sid)).toEqual([
      'Send',
      `StrataRefuseWrongEncryption:${bucket}`,
      `StrataLinkAge:${bucket}`,
    ]);
    const { applied } = (await getGuardrails(admin, { library: slug() })).guardrails;
    const first = applied.find(({ guardrail }) => guardrail === 'wrong-encryption');
    await requestRevert(admin, { library: slug(), guardrail: 'wrong-encryption', changeId: first?.changeId ?? '' });
    const left = (await readDocument({ kind: 'user-policy', name: 'strata-upload' })) as Policy;
    expect(left.Statement.map(({ Sid }) => Sid)).toEqual(['Send', `StrataLinkAge:${bucket}`]);

    // They go with the last library of the bucket, not before.
    const { id } = test.library;
    const sidsNow = async () =>
      ((await readDocument({ kind: 'user-policy', name: 'strata-upload' })) as Policy).Statement.map(({ Sid }) => Sid);
    await dropUserStatements(id);
    expect(await sidsNow()).toEqual(['Send', `StrataLinkAge:${bucket}`]);
    await db().library.update({ where: { id }, data: { removedAt: new Date() } });
    await dropUserStatements(id);
    expect(await sidsNow()).toEqual(['Send']);
    await db().library.update({ where: { id }, data: { removedAt: null } });
  });

  it('takes the article’s encryption policy as it stands, and uploads in parts go on working under it', async () => {
    await look('wrong-encryption');
    const { change } = await rowOf('wrong-encryption');
    const { Principal: _, ...statement } = articleStatements(test.library.bucket)[1];
    const documents = change?.documents.map(({ before }) => {
      const policy = before as Policy;
      return { ...policy, Statement: [...policy.Statement, statement] };
    });
    const { rows } = await apply('wrong-encryption', documents);
    expect(rows.find(({ id }) => id === 'wrong-encryption')).toMatchObject({ verdict: 'pass' });
    expect(rows.find(({ id }) => id === 'own-rights')).toMatchObject({ verdict: 'pass' });
    const { partsNameEncryption } = await db().library.findUniqueOrThrow({ where: { id: test.library.id } });
    expect(partsNameEncryption).toBe(true);
  });

  it('takes a change back at once under which uploads fail, and says so', async () => {
    await look('wrong-encryption');
    const { change } = await rowOf('wrong-encryption');
    const before = await readDocument({ kind: 'user-policy', name: 'strata-upload' });
    const documents = change?.documents.map((one) => ({
      ...(one.before as Policy),
      Statement: [
        ...(one.before as Policy).Statement,
        { Effect: 'Deny', Action: 's3:PutObject', Resource: `arn:aws:s3:::${test.library.bucket}/.strata-probe/*` },
      ],
    }));
    await expect(apply('wrong-encryption', documents)).rejects.toMatchObject({
      code: 'wrong_state',
      detail: expect.stringMatching(/lock Strata out|taken back at once/),
    });
    expect(await readDocument({ kind: 'user-policy', name: 'strata-upload' })).toEqual(before);
  });

  it('refuses a change that was planned on other settings', async () => {
    await look('encryption');
    await expect(
      requestApply(admin, { library: slug(), guardrail: 'encryption', revision: 'another' }),
    ).rejects.toMatchObject({ code: 'version_changed' });
    const { runs } = await listGuardrailRuns(admin, { library: slug(), limit: 1 });
    expect(runs[0]).toMatchObject({ kind: 'apply', state: 'failed', error: { code: 'version_changed' } });
  });
});

describe('the schedule', () => {
  it('tells drift: what held and holds no more', async () => {
    await look('versioning', 'anonymous');
    await writeDocument(bucketPolicy(), { Version: '2012-10-17', Statement: [publicRead(test.library.bucket)] });
    await checkAllLibraries();
    const run = await db().guardrailRun.findFirstOrThrow({ where: { libraryId: test.library.id, state: 'waiting' } });
    await runGuardrails(run.id);
    const row = await rowOf('anonymous');
    expect(row.verdict).toBe('fail');
    expect(row.driftedAt).not.toBeNull();
    const event = await db().auditEvent.findFirstOrThrow({
      where: { libraryId: test.library.id, type: 'guardrails.drifted' },
      orderBy: { id: 'desc' },
    });
    expect(event).toMatchObject({ userId: null, data: { guardrails: expect.arrayContaining(['anonymous']) } });
    await writeDocument(bucketPolicy(), null);
    await look('anonymous');
    expect((await rowOf('anonymous')).driftedAt).toBeNull();
  });
});
