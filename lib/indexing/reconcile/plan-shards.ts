import { compareKeys } from '#lib/storage/key-order.ts';

export type ShardRange = { after: string; upTo: string | null };

/**
 * Parts of the whole key space that touch and do not overlap: ("", a], (a, b], …, (z, end).
 * @param cuts paths in any order; empty ones, doubles, and those with a NUL (which no row can hold) are left out
 */
export function planShards(cuts: string[]): ShardRange[] {
  const bounds = [...new Set(cuts)].filter((cut) => cut !== '' && !cut.includes('\u0000')).sort(compareKeys);
  return [...bounds, null].map((upTo, at) => ({ after: bounds[at - 1] ?? '', upTo }));
}
