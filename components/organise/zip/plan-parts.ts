import type { ArchiveEntry } from './zip-entries.ts';

/** Bytes of a file that are read at once: 4 MiB. Larger ones would lie in memory while they wait for their turn, of smaller ones the requests cost time. */
export const partBytes = 4 * 1024 * 1024;

/** Bytes of an entry that one request asks for: `from` up to but without `to`. */
export type Part = { at: number; from: number; to: number; isWhole: boolean };

/** What is to be read, in the order of the ZIP. Folders and empty files need no request. @param most bytes of a part */
export function* planParts(
  entries: readonly Pick<ArchiveEntry, 'id' | 'size'>[],
  most = partBytes,
): Generator<Part, undefined> {
  for (const [at, { id, size }] of entries.entries())
    if (id !== null)
      for (let from = 0; from < size; from += most)
        yield { at, from, to: Math.min(size, from + most), isWhole: size <= most };
}
