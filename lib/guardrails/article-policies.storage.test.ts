import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ensureIdentities, startMinio } from '#scripts/services/minio.mjs';
import { findMinio } from '#scripts/services/minio-binary.mjs';
import { findFreePort } from '#scripts/services/ports.mjs';
import { makeSecrets } from '#scripts/services/secrets.mjs';
import { articleStatements } from '#scripts/testing/article-policies.ts';
import { makeSelfSigned } from '#scripts/testing/self-signed.ts';
import type { Policy } from './policy.ts';

/** On a MinIO of its own with https: on plain http the article's first statement shuts everybody out. */
const bucket = 'my-bucket';

const dir = mkdtempSync(join(tmpdir(), 'strata-article-'));
let stop = async () => {};

beforeAll(async () => {
  const certificate = makeSelfSigned();
  setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
  const binary = await findMinio(() => {});
  if (!binary) throw new Error('There is no MinIO to start. `npm test` says how to get one.');
  const secrets = makeSecrets() as Parameters<typeof startMinio>[0]['secrets'] & Record<string, string>;
  const runDir = join(dir, 'run');
  mkdirSync(runDir);
  const { service, endpoint } = await startMinio({
    binary,
    dir: join(dir, 'store'),
    port: await findFreePort(),
    runDir,
    logFile: join(dir, 'store.log'),
    allowOrigin: '*',
    secrets,
    certificate,
  });
  stop = () => service.stop();
  const identities = (await ensureIdentities({ endpoint, secrets })) as Record<string, string>;
  Object.assign(process.env, identities, { S3_ENDPOINT: endpoint, S3_PUBLIC_ENDPOINT: '', S3_SSE: 'AES256' });
  vi.resetModules();
});
afterAll(async () => {
  await stop();
  rmSync(dir, { recursive: true, force: true });
});

it('both statements of the article stand as they are, hold, and uploads in one piece and in parts go on under them', async () => {
  // After the environment is set: it is read once.
  const { createBucket, enableVersioning } = await import('#lib/storage/buckets.ts');
  const { probeCapabilities } = await import('#lib/storage/capabilities.ts');
  const { readDocument, writeDocument } = await import('#lib/storage/bucket-documents.ts');
  const { guardrailWorld, readGuardrailState } = await import('./read-guardrail-state.ts');
  const { planGuardrail } = await import('./plan-guardrail.ts');
  const { probeGuardrail } = await import('./probes/probe-guardrail.ts');
  await createBucket(bucket);
  await enableVersioning(bucket);
  const capabilities = await probeCapabilities(bucket);
  const world = guardrailWorld({ bucket, slug: 'article', rootPrefix: '', capabilities } as never);
  expect(world.browserUrl).toMatch(/^https:/);
  expect(planGuardrail('tls', await readGuardrailState(world), world)).toMatchObject({ set: false, danger: null });

  for (const name of ['strata-app', 'strata-upload', 'strata-purge']) {
    const policy = (await readDocument({ kind: 'user-policy', name })) as Policy;
    // A policy of a user names no principal: it is about that user.
    const statements = articleStatements(bucket).map(({ Principal: _, ...one }) => one);
    await writeDocument({ kind: 'user-policy', name }, { ...policy, Statement: [...policy.Statement, ...statements] });
  }

  const state = await readGuardrailState(world);
  for (const id of ['tls', 'wrong-encryption'] as const) {
    const plan = planGuardrail(id, state, world);
    expect(plan, id).toMatchObject({ set: true, change: null });
    const { outcome, steps } = await probeGuardrail(id, plan, world);
    expect(outcome, JSON.stringify(steps)).toBe('held');
  }
  const { uploads, steps } = await probeGuardrail('own-rights', { set: null }, world);
  expect(uploads, JSON.stringify(steps)).toEqual({ ok: true, partsNameEncryption: true });
  const { outcome } = await probeGuardrail('encryption', { set: null }, world);
  expect(outcome).toBe('held');
});
