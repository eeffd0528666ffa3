import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteBucket } from '#lib/storage/buckets.ts';
import { SCRATCH_BUCKET_PREFIX } from '#lib/storage/identity-policies.ts';
import { emptyBucket } from '#lib/storage/scratch-bucket.ts';
import { makeOwnDatabase, type OwnDatabase, runNode } from '#scripts/testing/own-database.ts';
import { requireTestStore } from '#scripts/testing/store.ts';

const variable = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`These tests run with \`npm test\`; ${name} is not set.`);
  return value;
};

/** The identities as somebody might set them up, over those of the tests; each is a whole first start on a database of its own. */
const identities = {
  three: () => ({}),
  'the upload identity is the app identity': () => ({
    S3_UPLOAD_ACCESS_KEY_ID: variable('S3_ACCESS_KEY_ID'),
    S3_UPLOAD_SECRET_ACCESS_KEY: variable('S3_SECRET_ACCESS_KEY'),
  }),
  'one key for everything': () => ({
    S3_ACCESS_KEY_ID: variable('MINIO_ROOT_USER'),
    S3_SECRET_ACCESS_KEY: variable('MINIO_ROOT_PASSWORD'),
    S3_UPLOAD_ACCESS_KEY_ID: '',
    S3_UPLOAD_SECRET_ACCESS_KEY: '',
    S3_PURGE_ACCESS_KEY_ID: '',
    S3_PURGE_SECRET_ACCESS_KEY: '',
  }),
  'an upload identity of its own that may read': () => ({
    S3_UPLOAD_ACCESS_KEY_ID: variable('MINIO_ROOT_USER'),
    S3_UPLOAD_SECRET_ACCESS_KEY: variable('MINIO_ROOT_PASSWORD'),
  }),
};

let database: OwnDatabase;
const buckets: string[] = [];
beforeAll(async () => {
  requireTestStore();
  database = await makeOwnDatabase();
});
afterAll(async () => {
  await database?.remove();
  for (const bucket of buckets) {
    await emptyBucket(bucket);
    await deleteBucket(bucket);
  }
});

/** A first start with a new bucket, in a process of its own, and one try to upload. The profile of the store is probed again each time. */
async function startWith(name: keyof typeof identities) {
  const bucket = `${SCRATCH_BUCKET_PREFIX}test-${crypto.randomUUID().slice(0, 13)}`;
  const lines = await runNode('scripts/testing/first-start.ts', {
    ...identities[name](),
    DATABASE_URL: database.url,
    S3_BUCKET: bucket,
    LOG_LEVEL: 'warn',
    ADMIN_EMAIL: 'admin@test.invalid',
    ADMIN_PASSWORD: crypto.randomUUID(),
  });
  buckets.push(bucket);
  const [setup, tried] = lines.split('\n').map((line) => JSON.parse(line));
  const [store] = await database.query<{ left: string | null }>(
    `SELECT "capabilities"->>'leftBehind' AS left FROM "Store"`,
  );
  return { ...tried, smuggling: setup.smuggling, leftBehind: store?.left };
}

describe('the start-up probe for smuggled headers, on MinIO', () => {
  it('passes with three identities: uploads are signed', async () => {
    expect(await startWith('three')).toMatchObject({
      smuggling: { verdict: 'safe' },
      reason: null,
      answer: { results: [{ ok: true, plan: { kind: 'single', method: 'PUT' } }] },
      reserved: 1,
      leftBehind: null,
    });
  });

  it.each([
    ['the upload identity is the app identity', 'Give S3_UPLOAD_ACCESS_KEY_ID an identity that may only put objects.'],
    ['one key for everything', 'Give S3_UPLOAD_ACCESS_KEY_ID an identity that may only put objects.'],
    ['an upload identity of its own that may read', 'The upload identity may read objects: take that right away.'],
  ] as const)(
    'refuses when %s: nothing is signed or reserved, and the reason says what to do',
    async (name, remedy) => {
      const { smuggling, reason, answer, reserved, leftBehind } = await startWith(name);
      expect(smuggling).toMatchObject({ verdict: 'unsafe', detail: expect.stringContaining(remedy) });
      expect(reason).toBe(`Uploads are off: ${smuggling.detail}`);
      expect(answer).toEqual({ refused: 'not_supported_by_store', detail: reason });
      expect({ reserved, leftBehind }).toEqual({ reserved: 0, leftBehind: null });
    },
  );
});
