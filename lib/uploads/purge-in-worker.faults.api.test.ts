import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { db } from '#lib/db.ts';
import { listKeyVersions } from '#lib/storage/versions.ts';
import { type AppClient, appClient, type SinglePlan } from '#scripts/testing/app-client.ts';
import { type AppUnderTest, startAppUnderTest, until } from '#scripts/testing/app-under-test.ts';
import { findHalfTruths } from '#scripts/testing/half-truths.ts';
import { sendSigned } from '#scripts/testing/store.ts';

let app: AppUnderTest;
let anna: AppClient;
beforeAll(async () => {
  app = await startAppUnderTest();
  anna = appClient(await app.signIn(), app.library.slug);
}, 180_000);
afterAll(() => app?.stop());
vi.setConfig({ testTimeout: 60_000 });

const stored = async (key: string) =>
  (await listKeyVersions({ bucket: app.library.bucket, key })).map((version) => version.versionId);
const secretsOf = (pid: number | null) =>
  readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .filter((line) => line.startsWith('S3_PURGE') && !line.endsWith('='))
    .map((line) => line.split('=')[0]);

/** Sends a file with a header that nobody signed, which the store takes and verification finds. */
async function sendTampered(path: string) {
  const [started] = await anna.start([path]);
  if (!started) throw new Error('Nothing was started.');
  const sent = await sendSigned(started.plan as SinglePlan, path, { 'cache-control': 'public, max-age=31536000' });
  expect(sent.status).toBe(200);
  expect(await stored(path)).toHaveLength(1);
  return started;
}

describe('the web process has no keys to remove versions with', () => {
  it('and is told so; the worker has them', () => {
    expect(secretsOf(app.webs[0]?.pid() ?? null)).toEqual(['S3_PURGE_BY']);
    expect(secretsOf(app.workers[0]?.pid() ?? null)).toEqual(['S3_PURGE_ACCESS_KEY_ID', 'S3_PURGE_SECRET_ACCESS_KEY']);
  });

  it('a tampered upload is refused at once, and the worker takes away what it made', async () => {
    const started = await sendTampered('tampered.jpg');
    expect(await anna.complete([started])).toMatchObject([{ ok: false, error: { code: 'tampered' } }]);
    await until('the worker to remove it', async () => (await stored('tampered.jpg')).length === 0);
    await until('the session to end', async () => {
      const row = await db().upload.findUniqueOrThrow({ where: { id: started.id } });
      return row.state === 'failed' && row.errorCode === 'tampered';
    });
    expect(await db().auditEvent.count({ where: { uploadId: started.id, type: 'upload.rejected' } })).toBe(1);
    // The path is free again.
    await anna.upload(['tampered.jpg']);
    expect(await findHalfTruths(app.library)).toEqual([]);
  });

  it('asked again while the worker is away it says the same, and nobody sees the file', async () => {
    const worker = app.workers[0];
    if (!worker) throw new Error('There is no worker.');
    const started = await sendTampered('later.jpg');
    process.kill(worker.pid() as number, 'SIGSTOP');
    try {
      for (let asked = 0; asked < 2; asked += 1)
        expect(await anna.complete([started])).toMatchObject([{ ok: false, error: { code: 'tampered' } }]);
      expect(await anna.names('')).not.toContain('later.jpg');
      expect(await stored('later.jpg')).toHaveLength(1);
    } finally {
      process.kill(worker.pid() as number, 'SIGCONT');
    }
    await until('the worker to remove it', async () => (await stored('later.jpg')).length === 0);
  });

  it('bytes of a cancelled upload are taken away by the worker', async () => {
    const [started] = await anna.start(['cancelled.jpg']);
    if (!started) throw new Error('Nothing was started.');
    expect(await anna.put(started)).toBe(200);
    await anna.ask('DELETE', `/uploads/${started.id}`);
    await until('the worker to remove it', async () => (await stored('cancelled.jpg')).length === 0);
  });

  it('what is brought back from the trash is back with the answer: the request waits for the worker', async () => {
    await anna.upload(['back.jpg']);
    const operate = (type: string) =>
      anna.ask<{ operation: { id: string; state: string } }>('POST', `/libraries/${app.library.slug}/operations`, {
        type,
        selection: { paths: ['back.jpg'] },
      });
    const trashed = await operate('trash');
    expect(trashed.operation.state).toBe('succeeded');
    expect(await anna.names('')).not.toContain('back.jpg');
    const undone = await anna.ask<{ operation: { state: string } }>(
      'POST',
      `/operations/${trashed.operation.id}/undo`,
      {},
    );
    expect(undone.operation.state).toBe('succeeded');
    expect(await anna.names('')).toContain('back.jpg');
    expect(await stored('back.jpg')).toHaveLength(1);
  });
});
