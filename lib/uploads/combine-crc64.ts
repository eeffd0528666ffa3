/** Reflected polynomial of CRC-64/NVME (performance.md 1). */
const polynomial = 0x9a6c9329ac4bc9b5n;

/** A linear map over GF(2)^64, one column a bit. */
type Operator = bigint[];

function times(operator: Operator, vector: bigint): bigint {
  let sum = 0n;
  for (let bit = 0; vector !== 0n; vector >>= 1n, bit++) {
    if (vector & 1n) sum ^= operator[bit] as bigint;
  }
  return sum;
}

const square = (operator: Operator): Operator => operator.map((column) => times(operator, column));

/** What one zero byte does to a register, squared again and again: entry n appends 2^n zero bytes. */
const zeroBytes: Operator[] = [];

function appendZeros(power: number): Operator {
  if (zeroBytes.length === 0) {
    const zeroBit: Operator = [polynomial, ...Array.from({ length: 63 }, (_, bit) => 1n << BigInt(bit))];
    zeroBytes.push(square(square(square(zeroBit))));
  }
  while (zeroBytes.length <= power) zeroBytes.push(square(zeroBytes.at(-1) as Operator));
  return zeroBytes[power] as Operator;
}

const toNumber = (base64: string) => Buffer.from(base64, 'base64').readBigUInt64BE();

/**
 * The CRC64NVME of parts put together, from their own checksums and sizes in bytes, without the bytes
 * (zlib's crc32_combine over this polynomial). So the server knows what checksum the whole object must show
 * from what the browser bound to each part.
 */
export function combineCrc64nvme(parts: { crc64nvme: string; size: number }[]): string {
  let whole = 0n;
  for (const { crc64nvme, size } of parts) {
    for (let rest = size, power = 0; rest > 0; rest = Math.floor(rest / 2), power++) {
      if (rest % 2 === 1) whole = times(appendZeros(power), whole);
    }
    whole ^= toNumber(crc64nvme);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(whole);
  return bytes.toString('base64');
}
