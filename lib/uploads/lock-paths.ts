import type { Tx } from '#lib/db.ts';

/**
 * Makes reservations in the same part of a library wait for each other until the transaction ends, so that two of them cannot each
 * miss the other: a file `a` and a file `a/b`, asked for at once. The first character is shared by a path, by all above and below it,
 * and by the names that "keep both" may choose. Whoever makes paths (uploads, moves, copies, new folders) takes this lock before
 * looking what is there.
 */
export async function lockPaths(tx: Tx, libraryId: bigint, paths: string[]): Promise<void> {
  // In one order, so that two batches cannot hold what the other wants.
  const firsts = [...new Set(paths.map((path) => String.fromCodePoint(path.codePointAt(0) ?? 0)))].sort();
  for (const first of firsts) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`strata:paths:${libraryId}:${first}`}, 0))`;
  }
}
