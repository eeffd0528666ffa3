import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '#lib/auth/create-token.ts';
import { closeDb, db } from '#lib/db.ts';
import { allEndpoints } from '#lib/http/all-endpoints.ts';
import type { Endpoint } from '#lib/http/define-endpoint.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { startOperation } from '#lib/operations/start-operation.ts';
import { putBytes } from '#lib/storage/objects.ts';
import { startUploads } from '#lib/uploads/start-uploads.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';

/**
 * The access table: every declared endpoint is called over HTTP without a session, by a stranger with ids and slugs that are
 * somebody else's, and with bad input. A new endpoint fails here until it says what its input looks like.
 */
type Sample = { params?: Record<string, string>; rest?: Record<string, unknown>; stranger: number[] };

const appUrl = process.env.APP_URL;
let own: TestLibrary;
let other: TestLibrary;
let stranger: string;
let victim: Record<'library' | 'asset' | 'upload' | 'operation' | 'user' | 'grant' | 'token' | 'job', string>;

beforeAll(async () => {
  if (!appUrl) throw new Error('These tests need the running app. Run them with `npm test`; APP_URL is not set.');
  own = await makeTestLibrary();
  other = await makeTestLibrary();
  const owner = await own.makeActor();
  const key = 'victim.txt';
  await putBytes({ bucket: own.library.bucket, key }, Buffer.from('private'), 'text/plain');
  const synced = await syncKey(own.library, key);
  const file = {
    path: 'big.bin',
    size: 100 * 1024 * 1024,
    contentType: 'application/octet-stream',
    ifExists: 'fail' as const,
  };
  const upload = (await startUploads(owner, { library: own.library.slug, files: [file] })).results[0];
  const { operation } = await startOperation(owner, {
    library: own.library.slug,
    type: 'trash',
    selection: { ids: [String(synced?.assetId)] },
    params: {},
    dryRun: true,
  });
  const grant = await db().grant.findFirstOrThrow({ where: { userId: owner.userId } });
  victim = {
    library: own.library.slug,
    asset: String(synced?.assetId),
    upload: upload?.ok ? upload.id : '',
    operation: operation.id,
    user: String(owner.userId),
    grant: String(grant.id),
    token: (await createToken(owner, { name: 'victim' })).token.id,
    job: await failedJob({ libraryId: String(own.library.id), key }),
  };
  stranger = (await createToken(await other.makeActor(), { name: 'stranger' })).token.secret;
});
afterAll(async () => {
  await db().$executeRaw`SELECT graphile_worker.complete_jobs(ARRAY[${BigInt(victim.job)}::bigint])`;
  await own.remove();
  await other.remove();
  await closeDb();
});

/** A job about one file that has failed for good. */
async function failedJob(payload: Record<string, string>): Promise<string> {
  const [job] = await db().$queryRaw<{ id: bigint }[]>`
    SELECT "id" FROM graphile_worker.add_job('index-library', ${JSON.stringify(payload)}::json)`;
  await db().$executeRaw`SELECT graphile_worker.permanently_fail_jobs(ARRAY[${job?.id}::bigint], 'It is victim.txt.')`;
  return String(job?.id);
}

/** What a stranger may get: 404 for what is not theirs; 403 where a token may not go at all; a batch answers 200 with a refusal an item. */
const hidden = [404];
const samples = (): Record<keyof typeof allEndpoints, Sample> => {
  const library = { params: { library: victim.library }, stranger: hidden };
  const asset = { params: { id: victim.asset }, stranger: hidden };
  const upload = { params: { id: victim.upload }, stranger: hidden };
  const operation = { params: { id: victim.operation }, stranger: hidden };
  const person = { params: { id: victim.user }, stranger: hidden };
  const sessionOnly = { stranger: [403] };
  return {
    listEntriesEndpoint: library,
    outlineFolderEndpoint: library,
    countEntriesAtEndpoint: library,
    readTimelineEndpoint: library,
    findChangesAroundEndpoint: { ...library, rest: { at: '2026-01-01T00:00:00.000Z' } },
    waitForChangesEndpoint: library,
    getAssetEndpoint: asset,
    getAssetContentEndpoint: asset,
    getAssetEncryptionEndpoint: asset,
    listActivityEndpoint: library,
    listTrashEndpoint: library,
    rebuildRenditionsEndpoint: library,
    estimatePreparationEndpoint: library,
    prepareRenditionsEndpoint: library,
    listJobsEndpoint: { stranger: [200] },
    retryJobsEndpoint: { rest: { ids: [victim.job] }, stranger: [200] },
    getMeEndpoint: { stranger: [200] },
    changePasswordEndpoint: { rest: { currentPassword: 'x', newPassword: 'y'.repeat(12) }, ...sessionOnly },
    listSessionsEndpoint: sessionOnly,
    endSessionEndpoint: { params: { id: crypto.randomUUID() }, ...sessionOnly },
    endAllSessionsEndpoint: sessionOnly,
    listTokensEndpoint: { stranger: [200] },
    createTokenEndpoint: { rest: { name: 'more' }, ...sessionOnly },
    revokeTokenEndpoint: { params: { id: victim.token }, ...sessionOnly },
    listPeopleEndpoint: { stranger: [200] },
    createPersonEndpoint: {
      rest: { email: 'x@test.invalid', name: 'X', grant: { library: victim.library, prefix: '', role: 'viewer' } },
      stranger: hidden,
    },
    disablePersonEndpoint: person,
    enablePersonEndpoint: person,
    resetPasswordEndpoint: person,
    endPersonSessionsEndpoint: person,
    addGrantEndpoint: { ...person, rest: { library: victim.library, prefix: '', role: 'viewer' } },
    removeGrantEndpoint: { ...person, params: { id: victim.user, grant: victim.grant } },
    listLibrariesEndpoint: { stranger: [200] },
    getStoreEndpoint: library,
    probeStoreEndpoint: library,
    enableVersioningEndpoint: library,
    // Admins of a library may look at any bucket of the store; one that is somebody else's library is refused, and not named.
    probeBucketEndpoint: { rest: { bucket: 'no-such-bucket-here' }, stranger: [200] },
    addLibraryEndpoint: { rest: { bucket: own.library.bucket, name: 'Mine', slug: 'mine' }, stranger: [409] },
    removeLibraryEndpoint: library,
    getIndexEndpoint: { stranger: [200] },
    checkIndexEndpoint: library,
    rebuildIndexEndpoint: library,
    startOperationEndpoint: { ...library, rest: { type: 'trash', selection: { ids: [victim.asset] } } },
    getOperationEndpoint: operation,
    listOperationItemsEndpoint: operation,
    runPlannedOperationEndpoint: operation,
    undoOperationEndpoint: operation,
    undoChangesEndpoint: { ...library, rest: { operations: [victim.operation], uploads: [victim.upload] } },
    listArchiveEndpoint: { ...library, rest: { selection: { ids: [victim.asset] } } },
    signArchiveEndpoint: { ...library, rest: { items: [{ id: victim.asset, versionId: 'null' }] } },
    cancelOperationEndpoint: operation,
    pauseOperationEndpoint: operation,
    resumeOperationEndpoint: operation,
    retryOperationEndpoint: operation,
    getRestorePlanEndpoint: operation,
    listRestorePlanEndpoint: { ...operation, rest: { kind: 'copy' } },
    checkRestorePlanEndpoint: operation,
    startUploadsEndpoint: { ...library, rest: { files: [{ path: 'a.txt', size: 1, crc64nvme: 'AAAAAAAAAAA=' }] } },
    signUploadsEndpoint: { rest: { ids: [victim.upload] }, stranger: [200] },
    signPartsEndpoint: { ...upload, rest: { parts: [{ number: 1, crc64nvme: 'AAAAAAAAAAA=' }] } },
    completeUploadsEndpoint: { rest: { ids: [victim.upload] }, stranger: [200] },
    decideUploadEndpoint: { ...upload, rest: { ifExists: 'replace', expectedVersionId: 'v' } },
    getUploadEndpoint: upload,
    getUploadFlowEndpoint: upload,
    listUploadsEndpoint: { stranger: [200] },
    cancelUploadEndpoint: upload,
    // A token of a person is no token of a store.
    receiveEventsEndpoint: { ...library, rest: { Records: [] }, stranger: [401] },
    getDriftEndpoint: library,
    checkDriftEndpoint: library,
    repairDriftEndpoint: library,
    getEventSourceEndpoint: library,
    rotateEventTokenEndpoint: library,
    connectEventsEndpoint: library,
    listVersionsEndpoint: asset,
    getVersionPropertiesEndpoint: { ...asset, rest: { versionId: 'x' } },
    searchAssetsEndpoint: library,
    listSearchFacetsEndpoint: library,
    getCostEndpoint: library,
    measureCostEndpoint: library,
    forecastCostEndpoint: { ...library, rest: { rules: [] } },
    previewClassChangeEndpoint: { ...library, rest: { selection: { paths: ['victim.txt'] } } },
    setMonthlyUseEndpoint: { ...library, rest: { use: null } },
    setPricesEndpoint: { ...library, rest: { prices: null } },
    getGuardrailsEndpoint: library,
    checkGuardrailsEndpoint: library,
    startBrowserProbeEndpoint: library,
    applyGuardrailEndpoint: {
      params: { ...library.params, guardrail: 'tls' },
      rest: { revision: 'x' },
      stranger: hidden,
    },
    revertGuardrailEndpoint: {
      params: { ...library.params, guardrail: 'tls' },
      rest: { changeId: '1' },
      stranger: hidden,
    },
    listGuardrailRunsEndpoint: library,
    lookAtEncryptionEndpoint: library,
    getLifecycleEndpoint: library,
    checkLifecycleEndpoint: { ...library, rest: { rules: [] } },
    dryRunLifecycleEndpoint: { ...library, rest: { rules: [] } },
    saveLifecycleEndpoint: { ...library, rest: { rules: [], revision: 'x' } },
    listLifecycleChangesEndpoint: library,
  };
};

async function call(
  endpoint: Endpoint,
  sample: Sample,
  token: string | null,
  rest = sample.rest ?? {},
): Promise<Response> {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(sample.params?.[name] ?? ''),
  );
  const body = endpoint.method === 'GET' || endpoint.method === 'DELETE' ? undefined : JSON.stringify(rest);
  const query = body === undefined ? `?${new URLSearchParams(rest as Record<string, string>)}` : '';
  return fetch(`${appUrl}/api/v1${path}${query}`, {
    method: endpoint.method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body === undefined ? {} : { body }),
  });
}

const names = Object.keys(allEndpoints) as (keyof typeof allEndpoints)[];
const endpointOf = (name: keyof typeof allEndpoints) => allEndpoints[name] as Endpoint;
const sampleOf = (name: keyof typeof allEndpoints) => samples()[name];

describe('every endpoint', () => {
  it.each(names)('%s answers 401 without a session and with a wrong token', async (name) => {
    for (const token of [null, 'strata_wrong']) {
      const response = await call(endpointOf(name), sampleOf(name), token);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
    }
  });

  it.each(names)('%s shows a stranger nothing of another library', async (name) => {
    const response = await call(endpointOf(name), sampleOf(name), stranger);
    const text = await response.text();
    expect(sampleOf(name).stranger, text).toContain(response.status);
    for (const secret of ['victim.txt', 'big.bin', own.library.bucket]) expect(text).not.toContain(secret);
    const results = response.status === 200 ? (JSON.parse(text) as { results?: { ok: boolean }[] }).results : undefined;
    for (const result of results ?? []) expect(result.ok).toBe(false);
  });

  const withBody = names.filter((name) => ['POST', 'PUT', 'PATCH'].includes(endpointOf(name).method));
  it.each(withBody)('%s refuses a body that is no object, and one that is no JSON', async (name) => {
    const endpoint = endpointOf(name);
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, part: string) => sampleOf(name).params?.[part] ?? '');
    for (const body of ['[]', '{', '"text"']) {
      const response = await fetch(`${appUrl}/api/v1${path}`, {
        method: endpoint.method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${stranger}` },
        body,
      });
      expect(endpoint.permission === 'session' ? 403 : 400).toBe(response.status);
    }
  });

  it('leaves the victim’s things as they were', async () => {
    expect((await db().upload.findUniqueOrThrow({ where: { id: victim.upload } })).state).toBe('reserved');
    expect((await db().operation.findUniqueOrThrow({ where: { id: BigInt(victim.operation) } })).state).toBe('planned');
    expect((await db().user.findUniqueOrThrow({ where: { id: BigInt(victim.user) } })).disabledAt).toBeNull();
    expect((await db().asset.findUniqueOrThrow({ where: { id: BigInt(victim.asset) } })).state).toBe('live');
  });

  it('refuses a method that Next itself fails on', async () => {
    for (const path of ['/api/v1/me', '/api/v1/nothing', '/api/openapi.json', '/healthz', '/sign-in']) {
      // fetch does not send it.
      const status = await new Promise<number | undefined>((resolve, reject) => {
        httpRequest(new URL(path, appUrl), { method: 'TRACE' }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status, path).toBeLessThan(500);
    }
  });

  it('refuses an address that is not there and an id that is none', async () => {
    const headers = { authorization: `Bearer ${stranger}` };
    expect((await fetch(`${appUrl}/api/v1/nothing`, { headers })).status).toBe(404);
    for (const id of ['0', '-1', 'abc', '1e3', '99999999999999999999', '%00']) {
      expect((await fetch(`${appUrl}/api/v1/assets/${id}`, { headers })).status, id).toBe(400);
    }
  });
});
