import { singlePutBytes } from './limits.ts';

const mebibyte = 1024 * 1024;
/** Parts are 16 MiB and grow only when there would be more than S3's 10,000 (s3-facts 2.1). */
const smallestPart = 16 * mebibyte;
const maxParts = 10_000;

export type PartPlan = { kind: 'single' } | { kind: 'multipart'; partSize: number; partCount: number };

/** How a file of `size` bytes travels: one PUT to 16 MiB (zero bytes included), above that in equal parts and a last one. */
export function planParts(size: number): PartPlan {
  if (size <= singlePutBytes) return { kind: 'single' };
  const least = Math.ceil(size / maxParts);
  const partSize = Math.max(smallestPart, Math.ceil(least / mebibyte) * mebibyte);
  return { kind: 'multipart', partSize, partCount: Math.ceil(size / partSize) };
}

/** Bytes of part `number` (from 1). The last one holds the rest. */
export function partBytes(size: number, plan: { partSize: number; partCount: number }, number: number): number {
  return number < plan.partCount ? plan.partSize : size - plan.partSize * (plan.partCount - 1);
}
