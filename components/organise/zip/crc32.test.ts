import { randomBytes } from 'node:crypto';
import { crc32 as reference } from 'node:zlib';
import { expect, it } from 'vitest';
import { crc32 } from './crc32.ts';

it('has the check value of CRC-32', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});

it('agrees with zlib at every length and place in memory, whole and in pieces', () => {
  const memory = randomBytes(400);
  for (let from = 0; from < 8; from++) {
    for (let length = 0; length < 130; length++) {
      const bytes = new Uint8Array(memory.buffer, memory.byteOffset + from, length);
      expect(crc32(bytes)).toBe(reference(bytes));
      const cut = length >> 1;
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(reference(bytes));
    }
  }
});
