import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import type { Answer, TestBrowser } from './browser.ts';
import { sendSigned } from './store.ts';

export type SinglePlan = { kind: 'single'; method: string; url: string; headers: Record<string, string> };
export type Started = {
  ok: true;
  id: string;
  path: string;
  plan: SinglePlan | { kind: 'multipart'; partSize: number };
};
type Result = { ok: boolean; id: string; state?: string; error?: { code: string; retryAfter?: number } };

/** Milliseconds after which an answer counts as never given. */
const patience = 25_000;

/** What the browser's engine does, over HTTP, in a few lines: every call may fail, and the test decides what then. */
export function appClient(browser: TestBrowser, slug: string) {
  const call = (method: string, path: string, json?: unknown): Promise<Answer> => {
    const answer = browser.api(method, path, json);
    return Promise.race([
      answer,
      new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error(`${method} ${path} gave no answer in ${patience} ms.`)), patience).unref();
      }),
    ]);
  };
  const ask = async <T>(method: string, path: string, json?: unknown): Promise<T> => {
    const answer = await call(method, path, json);
    if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body as T;
  };
  const fileOf = async (path: string, body: string | Uint8Array<ArrayBuffer>) => ({
    path,
    size: Buffer.byteLength(body),
    contentType: 'image/jpeg',
    ...(Buffer.byteLength(body) <= 16 * 1024 ** 2 ? { crc64nvme: await crc64nvme(body) } : {}),
    ifExists: 'fail',
  });

  const client = {
    call,
    ask,
    async startBody(paths: string[]) {
      return { files: await Promise.all(paths.map((path) => fileOf(path, path))) };
    },
    /** Small files whose bytes are their own path. */
    async start(paths: string[]): Promise<Started[]> {
      const { results } = await ask<{ results: Started[] }>(
        'POST',
        `/libraries/${slug}/uploads`,
        await client.startBody(paths),
      );
      const refused = results.find((result) => !result.ok);
      if (refused) throw new Error(`The start was refused: ${JSON.stringify(refused)}`);
      return results;
    },
    async startLarge(path: string, body: Uint8Array<ArrayBuffer>): Promise<Started> {
      const files = [await fileOf(path, body)];
      const { results } = await ask<{ results: [Started] }>('POST', `/libraries/${slug}/uploads`, { files });
      return results[0];
    },
    /** @returns the store's status */
    async put(started: Started): Promise<number> {
      return (await sendSigned(started.plan as SinglePlan, started.path)).status;
    },
    async signPart(started: Started, body: Uint8Array<ArrayBuffer>, number: number) {
      const { partSize } = started.plan as { partSize: number };
      const piece = body.slice((number - 1) * partSize, number * partSize);
      const parts = [{ number, crc64nvme: await crc64nvme(piece) }];
      return { piece, answer: await call('POST', `/uploads/${started.id}/parts`, { parts }) };
    },
    async sendPart(started: Started, body: Uint8Array<ArrayBuffer>, number: number): Promise<number> {
      const { piece, answer } = await client.signPart(started, body, number);
      const [plan] = (answer.body as { parts: SinglePlan[] }).parts;
      if (!plan) throw new Error(`No URL for part ${number}: ${answer.text}`);
      return (await sendSigned(plan, piece)).status;
    },
    async complete(started: Started[]): Promise<Result[]> {
      const ids = started.map((one) => one.id);
      return (await ask<{ results: Result[] }>('POST', '/uploads/complete', { ids })).results;
    },
    /** Start, send and complete. */
    async upload(paths: string[]): Promise<Started[]> {
      const started = await client.start(paths);
      await Promise.all(started.map((one) => client.put(one)));
      const open = (await client.complete(started)).filter((result) => !result.ok || result.state !== 'completed');
      if (open.length > 0) throw new Error(`Not completed: ${JSON.stringify(open)}`);
      return started;
    },
    /** Names in a folder as the page shows them. */
    async names(path: string): Promise<string[]> {
      const query = new URLSearchParams({ path, limit: '500' });
      const { entries } = await ask<{ entries: { name: string }[] }>('GET', `/libraries/${slug}/entries?${query}`);
      return entries.map((entry) => entry.name);
    },
  };
  return client;
}
export type AppClient = ReturnType<typeof appClient>;
