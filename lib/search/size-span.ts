/** Powers of 1024, as sizes are shown. */
const units: Record<string, number> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3, tb: 1024 ** 4 };

/** Bytes, both ends included; null is open. */
export type SizeSpan = { min: number | null; max: number | null };

/** "1MB..10MB", "..1MB", "1GB..": the upper end belongs to the next span, so that neighbours do not overlap. Null when it is none. */
export function parseSizeSpan(text: string): SizeSpan | null {
  const [low, high, ...more] = text.toLowerCase().replaceAll(' ', '').split('..');
  if (low === undefined || high === undefined || more.length > 0 || (low === '' && high === '')) return null;
  const min = low === '' ? null : bytesOf(low);
  const end = high === '' ? null : bytesOf(high);
  if (min === undefined || end === undefined || (end !== null && end <= (min ?? 0))) return null;
  return { min, max: end === null ? null : end - 1 };
}

function bytesOf(text: string): number | undefined {
  const found = /^(\d{1,7}(?:\.\d{1,3})?)([kmgt]?b)$/.exec(text);
  return found ? Math.round(Number(found[1]) * (units[found[2] as string] as number)) : undefined;
}
