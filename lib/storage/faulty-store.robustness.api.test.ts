import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type AppClient, appClient, type Started } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import { type Fault, FaultyRelay } from '#scripts/testing/faulty-relay.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';

/**
 * The store answers 503, cuts connections, loses answers it has given, breaks them off in the middle, is slow or full, for a share of
 * all requests of server and browser; people insist; then everything is there once. `ROBUSTNESS_FILES` sets the files a fault.
 */
const files = Number(process.env.ROBUSTNESS_FILES || 12);
let app: AppUnderTest;
let anna: AppClient;
let relay: FaultyRelay;
let seen = 0;
beforeAll(async () => {
  relay = await FaultyRelay.before(String(process.env.S3_ENDPOINT));
  process.env.S3_ENDPOINT = relay.url;
  app = await startAppUnderTest();
  anna = appClient(await app.signIn('admin'), app.library.slug);
}, 180_000);
afterAll(async () => {
  console.log(
    `faulty store (seed ${relay.seed}): ${JSON.stringify(relay.counts)}, ${seen} refusals seen by people, each with a time to come back`,
  );
  relay.mend();
  await app?.stop();
  await relay.close();
});
vi.setConfig({ testTimeout: 300_000 });

const stored = (key: string) => listKeyVersions({ bucket: app.library.bucket, key });

/** As the browser's engine: what fails by the network or with a time to wait is tried again, what is refused is not. */
async function insist(what: string, call: () => Promise<boolean>): Promise<void> {
  await until(
    what,
    async () => {
      try {
        if (await call()) return true;
      } catch (error) {
        const text = (error as Error).message;
        if (!/fetch failed|answered 503|terminated/.test(text)) throw error;
        seen += 1;
      }
      await sleep(150);
      return false;
    },
    120_000,
  );
}

async function send(one: Started): Promise<boolean> {
  const status = await anna.put(one);
  // 412: an earlier try arrived, and only its answer was lost.
  return status === 200 || status === 412;
}

describe.each<{ percent: number; faults: Fault[] }>([
  { percent: 30, faults: ['busy'] },
  { percent: 25, faults: ['cut'] },
  { percent: 25, faults: ['lost'] },
  { percent: 25, faults: ['half'] },
  { percent: 40, faults: ['slow'] },
  { percent: 40, faults: ['busy', 'cut', 'lost', 'half', 'slow'] },
])('$percent % of the requests to the store meet $faults', ({ percent, faults }) => {
  const folder = `${faults.join('-')}/`;

  it('uploads, a move to trash and its undo come to their end, once each', async () => {
    relay.spoil(percent, ...faults);
    try {
      const started = await anna.start(Array.from({ length: files }, (_, at) => `${folder}${at}.jpg`));
      await Promise.all(started.map((one) => insist(`${one.path} to be sent`, () => send(one))));
      await insist('all to be completed', async () => {
        await db().upload.updateMany({ where: { state: 'completing' }, data: { lookAt: new Date() } });
        const results = await anna.complete(started);
        for (const { ok, error } of results) if (!ok) expect(error?.code).toBe('store_unavailable');
        return results.every((result) => result.state === 'completed');
      });
      const trashed = await change('POST', `/libraries/${app.library.slug}/operations`, {
        type: 'trash',
        selection: { paths: [folder] },
        clientId: crypto.randomUUID(),
      });
      await change('POST', `/operations/${trashed}/undo`, {});
    } finally {
      relay.mend();
    }
    expect((await anna.names(folder)).length).toBe(files);
    for (let at = 0; at < files; at += 1) {
      const history = await stored(`${folder}${at}.jpg`);
      expect(history.filter((version) => !version.isDeleteMarker)).toHaveLength(1);
      expect(history[0]?.isDeleteMarker).toBe(false);
    }
    expect(await findHalfTruths(app.library)).toEqual([]);
  });
});

/** Starts an operation and waits for its good end; items that failed for the store are tried again, as a person would. */
async function change(method: string, path: string, body: object): Promise<string> {
  let id = '';
  await insist('the operation to be taken', async () => {
    const answer = await anna.call(method, path, body);
    if (answer.status === 503) return false;
    expect(answer.status, answer.text).toBe(200);
    id = (answer.body as { operation: { id: string } }).operation.id;
    return true;
  });
  await insist('the operation to end well', async () => {
    const { operation } = await anna.ask<{ operation: { state: string } }>('GET', `/operations/${id}`);
    if (operation.state === 'succeeded') return true;
    if (['failed', 'partial'].includes(operation.state)) await anna.call('POST', `/operations/${id}/retry`, {});
    await sleep(300);
    return false;
  });
  return id;
}
