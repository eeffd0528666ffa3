import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Buffers, createBuffers } from './buffers.ts';
import { planParts } from './plan-parts.ts';
import { createReadAhead } from './read-ahead.ts';
import { readPart } from './read-part.ts';

const content = randomBytes(1_000_000);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A store that breaks each line after so many bytes, given in runs of 70,000. @param type 'bytes' as Chromium has it, undefined as Safari */
function stubStore(breaksAfter: number[], type: 'bytes' | undefined) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, { headers }: { headers: { range?: string } }) => {
    asked.push(`${url} ${headers.range ?? 'whole'}`);
    const [first = 0, last = content.length - 1] = (headers.range?.match(/\d+/g) ?? []).map(Number);
    let at = first;
    const end = Math.min(last + 1, at + (breaksAfter[asked.length - 1] ?? Number.POSITIVE_INFINITY));
    const pull = (controller: ReadableStreamController<Uint8Array<ArrayBuffer>>) => {
      const run = new Uint8Array(content.subarray(at, Math.min(at + 70_000, end)));
      at += run.length;
      if (run.length > 0) controller.enqueue(run);
      else if (at <= last) controller.error(new TypeError('network error'));
      else {
        controller.close();
        if ('byobRequest' in controller) controller.byobRequest?.respond(0);
      }
    };
    const body = type ? new ReadableStream({ type, pull }) : new ReadableStream({ pull });
    return { ok: true, status: headers.range ? 206 : 200, body };
  });
  return asked;
}

async function readAll(from: number, to: number, buffers: Buffers): Promise<Buffer> {
  const part = { at: 0, from, to, isWhole: from === 0 && to === content.length };
  const reading = readPart(part, 'film.mp4', async () => 'link', new AbortController().signal, buffers);
  reading.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  return Buffer.concat(await reading);
}

it.each(['bytes', undefined] as const)('takes a broken line up at the first missing byte (%s stream)', async (type) => {
  const asked = stubStore([400_000, 10], type);
  expect((await readAll(0, content.length, createBuffers(65_536))).equals(content)).toBe(true);
  // Memory that was not full went with the line: six of 65,536 bytes were.
  const at = type ? 393_216 : 400_000;
  expect(asked).toEqual(['link whole', `link bytes=${at}-999999`, `link bytes=${type ? at : at + 10}-999999`]);
});

it('reads a part and no more', async () => {
  const asked = stubStore([], 'bytes');
  expect((await readAll(300_000, 600_001, createBuffers(65_536))).equals(content.subarray(300_000, 600_001))).toBe(
    true,
  );
  expect(asked).toEqual(['link bytes=300000-600000']);
});

it('gives up after four lines, and says why', async () => {
  stubStore([10, 10, 10, 10, 10], 'bytes');
  await expect(readAll(0, content.length, createBuffers(65_536))).rejects.toThrow('network error');
});

it('refuses a store that gives the whole file for a part', async () => {
  vi.stubGlobal('fetch', async () => new Response(content));
  await expect(readAll(10, 20, createBuffers(65_536))).rejects.toThrow('The store answered 200 for film.mp4.');
});

it('reads into memory that was given back, and a part is a file, a file’s share, or nothing', async () => {
  const files = [
    { id: '1', size: 250 },
    { id: null, size: 0 },
    { id: '2', size: 0 },
    { id: '3', size: 100 },
  ];
  expect([...planParts(files, 100)]).toEqual([
    { at: 0, from: 0, to: 100, isWhole: false },
    { at: 0, from: 100, to: 200, isWhole: false },
    { at: 0, from: 200, to: 250, isWhole: false },
    { at: 3, from: 0, to: 100, isWhole: true },
  ]);
  const buffers = createBuffers(64);
  const memory = new Set<ArrayBuffer>();
  let under = 0;
  let most = 0;
  const read = createReadAhead(
    planParts(
      Array.from({ length: 40 }, () => ({ id: '1', size: 250 })),
      100,
    ),
    async ({ at, from, to }) => {
      under += 1;
      most = Math.max(most, under);
      await Promise.resolve();
      const buffer = buffers.take();
      memory.add(buffer);
      return [new Uint8Array(buffer).fill(at + from + to)];
    },
    buffers,
  );
  for (let at = 0; at < 40; at++) {
    const seen: (number | undefined)[] = [];
    for await (const run of read(at)) {
      under -= 1;
      seen.push(run[0]);
    }
    expect(seen).toEqual([at + 100, (at + 300) & 255, (at + 450) & 255]);
  }
  expect(most).toBe(7);
  expect(memory.size).toBeLessThanOrEqual(8);
});

it('has the memory again that comes back, and no other', () => {
  const buffers = createBuffers(10);
  const one = buffers.take();
  buffers.give(one);
  buffers.give(new ArrayBuffer(11));
  expect(buffers.take()).toBe(one);
  const sent = buffers.take();
  structuredClone(sent, { transfer: [sent] });
  buffers.give(sent);
  expect(buffers.take().byteLength).toBe(10);
});
