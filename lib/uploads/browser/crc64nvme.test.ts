import { expect, test } from 'vitest';
import { crc64nvmeOf } from './crc64nvme.ts';

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

test('the check value of the algorithm, big-endian in base64', async () => {
  expect(await crc64nvmeOf(new TextEncoder().encode('123456789'))).toBe(base64('ae8b14860a799888'));
});

test('nothing at all has the checksum 0', async () => {
  expect(await crc64nvmeOf(new Uint8Array())).toBe('AAAAAAAAAAA=');
});

test('a Blob read in steps has the checksum of its bytes, also beside others', async () => {
  const bytes = new Uint8Array(40 * 1024 * 1024).map((_, i) => i * 31);
  const whole = await crc64nvmeOf(bytes);
  const blob = new Blob([bytes]);
  const [first, other, second] = await Promise.all([
    crc64nvmeOf(blob),
    crc64nvmeOf(new TextEncoder().encode('123456789')),
    crc64nvmeOf(blob),
  ]);
  expect(first).toBe(whole);
  expect(second).toBe(whole);
  expect(other).toBe(base64('ae8b14860a799888'));
});
