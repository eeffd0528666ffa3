import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import type { Upload } from '#lib/generated/prisma/client.ts';
import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import { completeUploads } from '#lib/uploads/complete-uploads.ts';
import type { StartFile } from '#lib/uploads/schema.ts';
import { signParts } from '#lib/uploads/sign-parts.ts';
import { startUploads } from '#lib/uploads/start-uploads.ts';
import type { TestLibrary } from './library.ts';
import { sendSigned } from './store.ts';

type Started = Awaited<ReturnType<typeof startUploads>>['results'][number];
type StartedOk = Extract<Started, { ok: true }>;
type Completed = Awaited<ReturnType<typeof completeUploads>>['results'][number];

/** A browser in a few lines: what the upload engine does over HTTP, on the feature functions. */
export function testUploads(home: TestLibrary) {
  const { library } = home;

  const fileOf = async (
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    more: Partial<StartFile> = {},
  ): Promise<StartFile> => {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    return {
      path,
      size: bytes.length,
      contentType: 'image/jpeg',
      ...(bytes.length <= 16 * 1024 ** 2 ? { crc64nvme: await crc64nvme(bytes) } : {}),
      modifiedAt: '2024-05-06T07:08:09.123Z',
      ifExists: 'fail',
      ...more,
    };
  };

  const startAll = async (actor: Actor, files: StartFile[]) =>
    (await startUploads(actor, { library: library.slug, files })).results;

  const browser = {
    fileOf,
    startAll,

    /** Starts one file that must be accepted. */
    async start(
      actor: Actor,
      path: string,
      body: string | Uint8Array<ArrayBuffer>,
      more: Partial<StartFile> = {},
    ): Promise<StartedOk> {
      const [result] = await startAll(actor, [await fileOf(path, body, more)]);
      if (!result?.ok) throw new Error(`The start of ${path} was refused: ${JSON.stringify(result)}`);
      return result;
    },

    /** Starts one file that must be refused. @returns the error's code, and what is there */
    async refused(actor: Actor, path: string, body = 'x', more: Partial<StartFile> = {}) {
      const [result] = await startAll(actor, [await fileOf(path, body, more)]);
      if (!result || result.ok) throw new Error(`The start of ${path} was accepted.`);
      return { ...result.error, existing: result.existing };
    },

    /** Sends the one PUT. @returns status and body of the store's answer */
    put(started: StartedOk, body: string | Uint8Array<ArrayBuffer>, added: Record<string, string> = {}) {
      if (started.plan.kind !== 'single') throw new Error('This file goes in parts.');
      return sendSigned(started.plan, body, added);
    },

    async complete(actor: Actor, id: string): Promise<Completed> {
      return (await completeUploads(actor, { ids: [id] })).results[0] as Completed;
    },

    /** Sends some parts of a large file (all by default). @returns the store's statuses */
    async sendParts(
      actor: Actor,
      started: StartedOk,
      body: Uint8Array<ArrayBuffer>,
      numbers?: number[],
      added: Record<string, string> = {},
    ): Promise<number[]> {
      const { plan } = started;
      if (plan.kind !== 'multipart') throw new Error('This file goes in one PUT.');
      const wanted = numbers ?? Array.from({ length: plan.partCount }, (_, at) => at + 1);
      const piece = (number: number) => body.slice((number - 1) * plan.partSize, number * plan.partSize);
      const parts = await Promise.all(
        wanted.map(async (number) => ({ number, crc64nvme: await crc64nvme(piece(number)) })),
      );
      const signed = await signParts(actor, { id: started.id, parts });
      const answers = await Promise.all(signed.parts.map((part) => sendSigned(part, piece(part.number), added)));
      return answers.map((answer) => answer.status);
    },

    /** A whole single upload. @returns the version id that it became */
    async upload(
      actor: Actor,
      path: string,
      body: string | Uint8Array<ArrayBuffer>,
      more: Partial<StartFile> = {},
    ): Promise<string> {
      const started = await browser.start(actor, path, body, more);
      const sent = await browser.put(started, body);
      if (sent.status !== 200) throw new Error(`The store answered ${sent.status}: ${sent.text}`);
      const done = await browser.complete(actor, started.id);
      if (!done.ok || done.state !== 'completed') throw new Error(`Completing ${path} failed: ${JSON.stringify(done)}`);
      return String((await browser.row(started.id)).versionId);
    },

    row(id: string): Promise<Upload> {
      return db().upload.findUniqueOrThrow({ where: { id } });
    },

    audit(uploadId: string) {
      return db().auditEvent.findMany({ where: { uploadId }, orderBy: { id: 'asc' } });
    },

    /** Lets the sweep look at a session now, as if its links and turns had run out; with `expired` as if its time had. */
    async makeDue(id: string, more: { expired?: boolean } = {}): Promise<void> {
      const past = new Date(Date.now() - 1_000);
      await db().upload.update({ where: { id }, data: { lookAt: past, ...(more.expired ? { expiresAt: past } : {}) } });
    },
  };
  return browser;
}
export type TestUploads = ReturnType<typeof testUploads>;

/** Bytes that no compression shortens, the same for the same seed. */
export function noise(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = seed >>> 0 || 1;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return new Uint8Array(words.buffer, 0, size);
}
