/** Started by run.mjs with a running VersityGW in the environment: each guardrail is planned, put, probed and taken back on it. */
import { deepStrictEqual, ok } from 'node:assert/strict';
import { type GuardrailId, guardrailIds } from '#lib/guardrails/guardrails.ts';
import { planGuardrail, planVerdict } from '#lib/guardrails/plan-guardrail.ts';
import { planRevert } from '#lib/guardrails/plan-revert.ts';
import type { Statement } from '#lib/guardrails/policy.ts';
import { probeGuardrail } from '#lib/guardrails/probes/probe-guardrail.ts';
import { makeProbeKit } from '#lib/guardrails/probes/probe-kit.ts';
import { probeUploads } from '#lib/guardrails/probes/probe-uploads.ts';
import { guardrailWorld, readGuardrailState } from '#lib/guardrails/read-guardrail-state.ts';
import type { LibraryContext } from '#lib/libraries/require-library.ts';
import { readDocument, writeDocument } from '#lib/storage/bucket-documents.ts';
import { createBucket } from '#lib/storage/buckets.ts';
import { probeCapabilities } from '#lib/storage/capabilities.ts';
import { makeChecks } from './checks.ts';

const bucket = `guardrails-${Date.now()}`;
await createBucket(bucket);
const capabilities = await probeCapabilities(bucket);
const library = { bucket, slug: 'guardrails', rootPrefix: '', capabilities } as LibraryContext;
const world = guardrailWorld(library);
const { test, finish } = makeChecks();
const plan = async (id: GuardrailId) => planGuardrail(id, await readGuardrailState(world), world);

await test('its bucket policies bind signed links, and shut out whom they do not name', async () => {
  deepStrictEqual(capabilities.policies, { binds: 'bucket', needsAllow: true });
});

await test('ownership: a new bucket has it', async () => {
  deepStrictEqual((await plan('ownership')).set, true);
});

for (const id of ['versioning', 'cors'] as const)
  await test(`${id}: put, read back, nothing left to change`, async () => {
    const { change, danger } = await plan(id);
    ok(change && danger === null, 'there is nothing to put');
    for (const one of change.documents) await writeDocument(one, one.after);
    deepStrictEqual((await plan(id)).change, null);
  });

await test('cors: a preflight from this site is allowed, from another it is not', async () => {
  const { outcome, steps } = await probeGuardrail('cors', { set: true }, world);
  deepStrictEqual([outcome, steps[0]?.ok, steps[1]?.ok], ['held', true, true]);
});

await test('cors: taken back, and the preflight is refused', async () => {
  const documents = [
    { kind: 'cors' as const, name: bucket, before: null, after: await readDocument({ kind: 'cors', name: bucket }) },
  ];
  const [back] = planRevert(documents, [documents[0]?.after]);
  ok(back);
  await writeDocument(back, back.after);
  deepStrictEqual((await probeGuardrail('cors', { set: false }, world)).outcome, 'answered');
});

/** By the bucket's policy, on a key that no upload uses: on http the whole bucket would be shut. */
await test('a policy denies a signed upload where it says so, and others go on', async () => {
  const never: Statement = {
    Sid: 'StrataTlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${bucket}/never/*`,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  // As planned for an https address: our own keys come with it.
  const secure = { ...world, browserUrl: 'https://store.example', serverUrl: 'https://store.example' };
  const { change } = planGuardrail('tls', await readGuardrailState(world), secure);
  const after = change?.documents[0]?.after as { Statement: Statement[] };
  const Statement = after.Statement.map((one) => (one.Sid === 'StrataTlsOnly' ? never : one));
  await writeDocument({ kind: 'bucket-policy', name: bucket }, { ...after, Statement });
  const kit = makeProbeKit(bucket);
  deepStrictEqual(await probeUploads(kit, { kind: 'none' }), { ok: true, partsNameEncryption: false });
  await kit.clean();
});

await test('TLS only on its http address is refused before anything is put', async () => {
  const remote = { ...world, browserUrl: 'http://store.example.org', serverUrl: 'http://store.example.org' };
  ok(planGuardrail('tls', await readGuardrailState(world), remote).danger?.includes('over http'));
});

console.log('\nWhat every probe shows here:');
for (const id of guardrailIds) {
  const one = await plan(id);
  const probed = one.unsupported === null ? await probeGuardrail(id, one, world) : null;
  console.log(
    `${id.padEnd(20)} ${planVerdict(one, probed?.outcome ?? null).padEnd(12)} ${one.unsupported ?? probed?.steps.map(({ text }) => text).join('; ')}`,
  );
}
finish();
