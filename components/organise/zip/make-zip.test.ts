import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { readZip } from '../../../e2e/support/zip.ts';
import { createBuffers } from './buffers.ts';
import { inPieces } from './in-pieces.ts';
import { makeZip } from './make-zip.ts';
import type { ArchiveEntry } from './zip-entries.ts';
import { dataDescriptor, directoryEntry, endOfZip, localHeader, zipLength } from './zip-format.ts';

const file = (name: string, size: number): ArchiveEntry => ({
  id: name.endsWith('/') ? null : '1',
  versionId: 'v',
  name,
  size,
  modifiedAt: '2026-11-26T10:20:31.000Z',
});
const entries = [
  file('trip/Zürich ☀.jpg', 70_000),
  file('trip/empty/', 0),
  file('trip/nothing.txt', 0),
  file('trip/film.mp4', 1_000_000),
];
/** Every file is its own number over and over, in runs of an odd length. */
async function* read(at: number) {
  for (let left = entries[at]?.size ?? 0; left > 0; left -= 33_333)
    yield new Uint8Array(Math.min(left, 33_333)).fill(at);
}

it('makes what an unpacker reads, in as many bytes as were told beforehand, though each piece is given away at once', async () => {
  const begun: number[] = [];
  const pieces: Buffer[] = [];
  const zipped = makeZip(entries, read, (number) => begun.push(number));
  for await (const piece of inPieces(zipped, createBuffers(256 * 1024))) {
    pieces.push(Buffer.from(piece));
    structuredClone(piece, { transfer: [piece.buffer] });
  }
  const zip = Buffer.concat(pieces);
  expect(zip.length).toBe(zipLength(entries));
  expect(begun).toEqual([1, 2, 3]);
  const dir = mkdtempSync(join(tmpdir(), 'strata-zip-'));
  try {
    writeFileSync(join(dir, 'a.zip'), zip);
    const files = readZip(join(dir, 'a.zip'));
    expect([...files].map(([name, bytes]) => [name, bytes.length])).toEqual(
      entries.map(({ name, size }) => [name, size]),
    );
    expect(files.get('trip/film.mp4')?.every((byte) => byte === 3)).toBe(true);
  } finally {
    rmSync(dir, { recursive: true });
  }
  const expected = crc32(Buffer.alloc(1_000_000, 3));
  const descriptor = dataDescriptor({ name: '', size: 1_000_000, modifiedAt: new Date() }, expected);
  expect(zip.includes(Buffer.from(descriptor))).toBe(true);
});

const GiB = 1024 ** 3;
it.each([
  ['small ones', [10, 20], 0],
  ['one of 4 GiB less a byte, the first that needs eight', [4 * GiB - 1], 1],
  ['one that begins behind 4 GiB', [3 * GiB, 3 * GiB, 10], 1],
  ['65,535 of them, the first number that needs eight', new Array<number>(65_535).fill(1), 1],
])('tells the length of a ZIP of %s', (_, sizes, isLong) => {
  const items = sizes.map((size, at) => ({ name: `f${at}`, size, modifiedAt: new Date(2026, 0, 1) }));
  let offset = 0;
  let directory = 0;
  for (const item of items) {
    const entry = { ...item, crc: 0, offset };
    directory += directoryEntry(entry).byteLength;
    offset += localHeader(item).byteLength + item.size + dataDescriptor(item, 0).byteLength;
  }
  const end = endOfZip(items.length, offset, directory);
  expect(end.byteLength).toBe(isLong ? 98 : 22);
  expect(zipLength(items)).toBe(offset + directory + end.byteLength);
});
