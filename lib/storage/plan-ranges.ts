/** Pieces of a batch that are listed apart: it lies across a boundary of names at most here and there. */
const mostPieces = 4;

/**
 * Cuts keys of one folder into groups of which each is listed by its common prefix. A batch of neighbours such as `IMG_0950` to `IMG_1049` shares no more
 * than `IMG_`, under which there may be ten thousand others; its two halves share `IMG_09` and `IMG_10`, under which there is nothing else.
 * @param keys sorted in byte order
 */
export function planRanges(keys: string[]): string[][] {
  let groups = [keys];
  for (;;) {
    const cut = groups.flatMap(cutOnce);
    if (cut.length === groups.length || cut.length > mostPieces) return groups;
    groups = cut;
  }
}

/** In two where the keys go on in two ways; what goes on in many is covered by its prefix, or no prefix would do. */
function cutOnce(keys: string[]): string[][] {
  const length = commonPrefix(keys).length;
  const ways = [...Map.groupBy(keys, (key) => key.codePointAt(length)).values()];
  return ways.length === 2 ? ways : [keys];
}

/** The longest beginning that all share; it ends between characters. */
export function commonPrefix([first = '', ...rest]: readonly string[]): string {
  let end = first.length;
  for (const key of rest) {
    let at = 0;
    while (at < end && key[at] === first[at]) at += 1;
    end = at;
  }
  // Not through the middle of a surrogate pair.
  const cut = first.slice(0, end);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
