export type PlannedPart = { number: number; start: number; end: number };
export type StoredPart = { number: number; size: number; crc64nvme: string | null };

/** Cuts a file as the server planned it: part n holds bytes (n - 1) x partSize up to n x partSize. */
export function planParts(size: number, partSize: number): PlannedPart[] {
  const parts: PlannedPart[] = [];
  for (let start = 0, number = 1; start < size; start += partSize, number += 1)
    parts.push({ number, start, end: Math.min(size, start + partSize) });
  return parts;
}

/** Stored parts that may be of use: of the right size, and with a checksum to compare the file with. */
export function planUsableParts(parts: readonly PlannedPart[], stored: readonly StoredPart[]): Map<number, string> {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const usable = new Map<number, string>();
  for (const part of parts) {
    const found = byNumber.get(part.number);
    if (found?.crc64nvme && found.size === part.end - part.start) usable.set(part.number, found.crc64nvme);
  }
  return usable;
}
