import { compareKeys } from '#lib/storage/key-order.ts';

export type ShardRange = {
  after: string;
  upTo: string | null;
  /** Paths inside, ascending, between which about as much lies. */
  marks: string[];
};

/**
 * Parts of the whole key space that touch and do not overlap: ("", a], (a, b], …, (z, end).
 * @param cuts paths in any order; empty ones, doubles, and those with a NUL (which no row can hold) are left out
 */
export function planShards(cuts: string[]): ShardRange[] {
  const bounds = toBounds(cuts);
  return [...bounds, null].map((upTo, at) => ({ after: bounds[at - 1] ?? '', upTo, marks: [] }));
}

/** The whole key space as one part, with what would have been cuts as marks. */
export const planOneShard = (cuts: string[]): ShardRange[] => [{ after: '', upTo: null, marks: toBounds(cuts) }];

const toBounds = (cuts: string[]) =>
  [...new Set(cuts)].filter((cut) => cut !== '' && !cut.includes('\u0000')).sort(compareKeys);
