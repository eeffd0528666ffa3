import fc from 'fast-check';
import { afterAll, beforeAll, it } from 'vitest';
import { closeDb, db } from '#lib/db.ts';
import { openApiDocument } from '#lib/http/openapi.ts';
import { syncKey } from '#lib/indexing/sync-key.ts';
import { putBytes } from '#lib/storage/objects.ts';
import { appClient } from '#scripts/testing/app-client.ts';
import { appUrl, browserOf, type TestBrowser } from '#scripts/testing/browser.ts';
import { makeTestLibrary, type TestLibrary } from '#scripts/testing/library.ts';
import { schemaArbitrary } from '#scripts/testing/schema-arbitrary.ts';

/**
 * Every operation of the served OpenAPI document, called with values made from its own schema, real ids and hostile ones among them:
 * whatever comes, the answer is no 5xx. `ROBUSTNESS_FUZZ` sets the calls an operation; the seed is printed.
 */
const calls = Number(process.env.ROBUSTNESS_FUZZ || 6);
const seed = Number(process.env.ROBUSTNESS_SEED || Date.now() % 1_000_000);
/** Fields that must not take what was drawn, so that a call ends soon. */
const bounded: Record<string, string> = { waitForChanges: 'after' };
/** What a store lacks is no fault of ours: 501. A store or database that is away is, in this test. */
const allowed = (status: number) => status < 500 || status === 501;

type Operation = {
  operationId: string;
  parameters: { name: string; in: 'path' | 'query'; schema: object }[];
  requestBody?: { content: { 'application/json': { schema: object } } };
};
const operations = Object.entries(openApiDocument().paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

let own: TestLibrary;
let admin: TestBrowser;
let userId: bigint;
const known: Record<string, unknown[]> = {};
const statuses = new Map<number, number>();
const met: string[] = [];

beforeAll(async () => {
  own = await makeTestLibrary();
  ({ userId } = await own.makeActor());
  admin = await browserOf(userId);
  const client = appClient(admin, own.library.slug);
  const ref = { bucket: own.library.bucket, key: 'fuzz/a.jpg' };
  await putBytes(ref, Buffer.from('bytes'), 'image/jpeg');
  const asset = String((await syncKey(own.library, ref.key))?.assetId);
  const [upload] = await client.start(['fuzz/b/c.jpg']);
  const planned = await client.ask<{ operation: { id: string } }>('POST', `/libraries/${own.library.slug}/operations`, {
    type: 'trash',
    selection: { ids: [asset] },
    dryRun: true,
  });
  const version = await db().version.findFirstOrThrow({ where: { assetId: BigInt(asset) } });
  Object.assign(known, {
    library: [own.library.slug],
    id: [asset, upload?.id, planned.operation.id, String(userId)],
    path: ['', 'fuzz/', 'fuzz/a.jpg'],
    versionId: [version.versionId],
    expectedVersionId: [version.versionId],
  });
});
afterAll(async () => {
  const sum = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${count} x ${status}`);
  console.log(
    `fuzz (seed ${seed}): ${operations.length} operations, ${calls} calls each: ${sum.join(', ')}; 5xx: ${met.length}`,
  );
  await own.remove();
  await closeDb();
});

/** As a query says it; a made-up object may have no string of its own. */
const textOf = (value: unknown) => (typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value));

async function call(
  operation: (typeof operations)[number],
  values: Record<string, unknown>,
  body: unknown,
): Promise<void> {
  const query = new URLSearchParams();
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const value = values[parameter.name];
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeLoosely(textOf(value)) || '%20');
    else if (value !== undefined) query.append(parameter.name, wellFormed(textOf(value)));
  }
  const address = `${path}${query.size > 0 ? `?${query}` : ''}`;
  const cookie = [...admin.cookies].map((pair) => pair.join('=')).join('; ');
  const response = await fetchAgain(appUrl(address), {
    method: operation.method,
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) ?? 'null' }),
    signal: AbortSignal.timeout(60_000),
  });
  statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  const text = await response.text();
  // Ending all sessions and disabling oneself are operations, too.
  if (response.status === 401) {
    await db().user.update({ where: { id: userId }, data: { disabledAt: null } });
    admin = await browserOf(userId);
  }
  if (allowed(response.status) || isHonest(operation.operationId, response.status, text)) return;
  met.push(
    `${operation.method} ${address} ${JSON.stringify(body)?.slice(0, 600)} answered ${response.status}: ${text}`,
  );
  throw new Error(met.at(-1));
}
/** No worker runs beside the API tests, and the probe of a store is a worker's work: it says so. */
const isHonest = (operationId: string, status: number, text: string) =>
  operationId === 'probeStore' && status === 503 && text.includes('No worker runs');
/** A connection that was kept alive may be closed just as it is used again: not the server's answer, so it is asked once more. */
const fetchAgain = (address: string, init: RequestInit) => fetch(address, init).catch(() => fetch(address, init));
/** Half characters stand in JSON, but in no address. */
const wellFormed = (text: string) => text.toWellFormed();
const encodeLoosely = (text: string) => encodeURIComponent(wellFormed(text)).replace(/^\.+$/, '%2E');

/** What chance meets once in a hundred calls, and Postgres cannot hold: a NUL in each text of an address, beside ids that exist. */
const withNul = ({ parameters }: Operation): [Record<string, unknown>, undefined][] => {
  const place = parameters.filter((each) => each.in === 'path').map(({ name }) => [name, known[name]?.[0] ?? 'none']);
  const texts = parameters.filter((each) => each.in === 'query');
  return texts.map(({ name }) => [{ ...Object.fromEntries(place), [name]: '\u0000' }, undefined]);
};

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s answers no 5xx, whatever is sent',
  async (operationId, operation) => {
    const fields = operation.parameters.filter(({ name }) => bounded[operationId] !== name);
    const values = fc.record(
      Object.fromEntries(fields.map(({ name, schema }) => [name, schemaArbitrary(schema, known, name)])),
      { requiredKeys: operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name) },
    );
    const schema = operation.requestBody?.content['application/json'].schema;
    const body = schema ? schemaArbitrary(schema, known) : fc.constant(undefined);
    await fc.assert(
      fc.asyncProperty(values, body, (drawn, sent) => call(operation, drawn as Record<string, unknown>, sent)),
      { numRuns: calls, seed, endOnFailure: true, examples: schema ? [] : withNul(operation) },
    );
  },
  600_000,
);
