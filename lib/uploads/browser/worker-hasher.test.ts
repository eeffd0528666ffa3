import { describe, expect, it } from 'vitest';
import { crc64nvmeOf } from './crc64nvme.ts';
import { keptBytes } from './small-files.ts';
import { createWorkerHasher, type HashAnswer, type HashRequest } from './worker-hasher.ts';

/** A worker in the test's own thread, which does what `crc64-worker` does; `broken` cannot be read, alone or with others. */
function setUp(broken: Blob | null = null) {
  const asked: number[][] = [];
  const worker = {
    onmessage: null as ((event: { data: HashAnswer }) => void) | null,
    postMessage: async ({ id, blob, sizes, keep }: HashRequest) => {
      asked.push(sizes);
      await Promise.resolve();
      if (broken && (blob === broken || sizes.includes(broken.size))) {
        return worker.onmessage?.({ data: { id, error: { name: 'NotReadableError', message: 'changed' } } });
      }
      const bytes = await blob.arrayBuffer();
      const crc64nvme: string[] = [];
      let at = 0;
      for (const size of sizes) {
        crc64nvme.push(await crc64nvmeOf(new Uint8Array(bytes, at, size)));
        at += size;
      }
      worker.onmessage?.({ data: { id, crc64nvme, bytes: keep ? bytes : null } });
    },
    terminate: () => {},
  };
  const hasher = createWorkerHasher(() => worker as unknown as Worker);
  const signal = new AbortController().signal;
  const read = (blob: Blob, order: number) => hasher.read(blob, { order, signal });
  return { asked, hasher, read, signal };
}
const blobOf = (size: number, letter: string) => new Blob([letter.repeat(size)]);

describe('small files', () => {
  it('are read together, and each gets its own checksum and its own bytes', async () => {
    const { asked, read } = setUp();
    const blobs = [...'abcdefgh'].map((letter, at) => blobOf(10 + at, letter));
    const found = await Promise.all(blobs.map(read));
    for (const [at, one] of found.entries()) {
      const bytes = new Uint8Array(await (blobs[at] as Blob).arrayBuffer());
      expect(one).toEqual({ crc64nvme: await crc64nvmeOf(bytes), bytes });
    }
    expect(asked).toEqual([[10, 11, 12, 13, 14, 15, 16, 17]]);
  });

  it('of zero bytes are files like others', async () => {
    const { read } = setUp();
    const found = await Promise.all([blobOf(3, 'a'), blobOf(2, 'b'), blobOf(0, ''), blobOf(1, 'c')].map(read));
    expect(found[2]).toEqual({ crc64nvme: 'AAAAAAAAAAA=', bytes: new Uint8Array() });
    expect(found[3]?.bytes).toEqual(new TextEncoder().encode('c'));
  });

  it('that cannot be read fail alone: the others of their group are read again', async () => {
    const broken = blobOf(999, 'x');
    const { read } = setUp(broken);
    const blobs = [blobOf(1, 'a'), blobOf(2, 'b'), blobOf(3, 'c'), broken, blobOf(4, 'd')];
    const found = await Promise.allSettled(blobs.map(read));
    expect(found.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(found[3]).toMatchObject({ reason: { name: 'NotReadableError' } });
  });

  it('go no more than 4 MiB at a time', async () => {
    const { asked, read } = setUp();
    await Promise.all(Array.from({ length: 40 }, (_, at) => read(blobOf(keptBytes - at, 'z'), at)));
    for (const sizes of asked) expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});

describe('a worker that cannot be made', () => {
  it('fails the files that wait for it, and the next one tries anew', async () => {
    let made = 0;
    const hasher = createWorkerHasher(() => {
      made += 1;
      throw new DOMException('refused', 'SecurityError');
    });
    const options = { order: 1, signal: new AbortController().signal };
    await expect(hasher.hash(blobOf(1, 'a'), options)).rejects.toThrow('refused');
    await expect(hasher.hash(blobOf(1, 'a'), options)).rejects.toThrow('refused');
    expect(made).toBe(2);
  });
});

describe('large files', () => {
  it('are read by themselves, and their bytes are not kept', async () => {
    const { asked, read } = setUp();
    const found = await Promise.all([
      read(blobOf(1, 'a'), 1),
      read(blobOf(1, 'b'), 2),
      read(blobOf(keptBytes + 1, 'c'), 3),
    ]);
    expect(found[2]?.bytes).toBeNull();
    expect(asked).toEqual([[1, 1], [keptBytes + 1]]);
  });

  it('that were stopped while they waited are not read', async () => {
    const { asked, hasher, read } = setUp();
    const stop = new AbortController();
    const first = [read(blobOf(1, 'a'), 1), read(blobOf(1, 'b'), 2)];
    const third = hasher.hash(blobOf(7, 'c'), { order: 3, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(third).rejects.toThrow('stopped');
    await Promise.all(first);
    expect(asked.flat()).not.toContain(7);
  });
});
