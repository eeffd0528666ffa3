import { crc64 } from 'hash-wasm';

/** Reflected polynomial of CRC-64/NVME; check value of "123456789": ae8b14860a799888 (performance.md 1). */
const NVME = '9a6c9329ac4bc9b5';

/** CRC64NVME as S3 writes it: base64 of 8 bytes, big-endian. */
export async function crc64nvme(data: string | Uint8Array): Promise<string> {
  return Buffer.from(await crc64(data, NVME), 'hex').toString('base64');
}
