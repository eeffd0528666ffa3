import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import { combineCrc64nvme } from './combine-crc64.ts';

const partOf = async (bytes: Uint8Array) => ({ crc64nvme: await crc64nvme(bytes), size: bytes.length });

describe('combineCrc64nvme', () => {
  it('of nothing is the checksum of no bytes', async () => {
    expect(combineCrc64nvme([])).toBe(await crc64nvme(new Uint8Array()));
  });

  it('gives the check value of the polynomial from two pieces', async () => {
    const [a, b] = [new TextEncoder().encode('1234'), new TextEncoder().encode('56789')];
    expect(Buffer.from(combineCrc64nvme([await partOf(a), await partOf(b)]), 'base64').toString('hex')).toBe(
      'ae8b14860a799888',
    );
  });

  it('equals the checksum of the whole for any cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 6 }), async (pieces) => {
        const whole = Buffer.concat(pieces);
        expect(combineCrc64nvme(await Promise.all(pieces.map(partOf)))).toBe(await crc64nvme(whole));
      }),
    );
  });

  it('handles parts of the usual size', async () => {
    const first = new Uint8Array(16 * 1024 ** 2).fill(7);
    const last = new Uint8Array(12_345).fill(9);
    expect(combineCrc64nvme([await partOf(first), await partOf(last)])).toBe(
      await crc64nvme(Buffer.concat([first, last])),
    );
  });
});
