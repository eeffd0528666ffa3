import type { ListedPart } from '#lib/storage/types.ts';
import { partBytes } from './part-plan.ts';

export type PartComparison = {
  /** Numbers that the store does not hold. */
  missing: number[];
  /** Numbers that are there with another size, or without the checksum that every part must carry. */
  wrong: number[];
  /** The planned parts in order when all are there and right, else null. */
  complete: ListedPart[] | null;
};

/**
 * What the store holds against what was planned: count, each size and so the sum (MinIO ignores `MpuObjectSize`, s3-facts 2.7).
 * A number above the plan was never signed; it is left out of the object.
 */
export function compareParts(
  upload: { size: number; partSize: number; partCount: number },
  stored: ListedPart[],
): PartComparison {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const missing: number[] = [];
  const wrong: number[] = [];
  const parts: ListedPart[] = [];
  for (let number = 1; number <= upload.partCount; number++) {
    const part = byNumber.get(number);
    if (!part) missing.push(number);
    else if (part.size !== partBytes(upload.size, upload, number) || part.crc64nvme === null) wrong.push(number);
    else parts.push(part);
  }
  return { missing, wrong, complete: missing.length + wrong.length === 0 ? parts : null };
}

/** "3, 5–9 and 12": part numbers for people; long lists are cut. */
export function describeParts(numbers: number[]): string {
  const ranges: string[] = [];
  for (let at = 0; at < numbers.length; ) {
    let end = at;
    while (end + 1 < numbers.length && numbers[end + 1] === (numbers[end] as number) + 1) end++;
    ranges.push(end === at ? `${numbers[at]}` : `${numbers[at]}–${numbers[end]}`);
    at = end + 1;
  }
  const shown = ranges.slice(0, 20);
  if (ranges.length > shown.length) return `${shown.join(', ')} and more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}
