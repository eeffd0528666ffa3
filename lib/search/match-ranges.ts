import { foldCharacter } from './fold-text.ts';
import type { SoughtWord } from './plan-words.ts';

/** Places in a text, in UTF-16 units, `end` after the last one. */
export type Range = { start: number; end: number };

/** Where the sought words stand in a name as it is written; overlapping places are one. In order. */
export function matchRanges(text: string, words: readonly SoughtWord[]): Range[] {
  const { folded, places } = foldWithPlaces(text);
  const hits = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    const wanted = word.anywhere ? word.text : ` ${word.text}`;
    for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + 1)) {
      const first = places[at + (word.anywhere ? 0 : 1)] as Range;
      const last = places[at + wanted.length - 1] as Range;
      hits.fill(true, first.start, last.end);
    }
  }
  const ranges: Range[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!hits[at]) continue;
    const before = ranges.at(-1);
    if (before?.end === at) before.end = at + 1;
    else ranges.push({ start: at, end: at + 1 });
  }
  return ranges;
}

/** The folded text with a space before each word, and for each of its characters the one it came from. */
function foldWithPlaces(text: string): { folded: string; places: Range[] } {
  let folded = ' ';
  const places: Range[] = [{ start: 0, end: 0 }];
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    // A mark on its own belongs to the letter before it.
    const last = places.at(-1);
    const seen = foldCharacter(character);
    if (seen === '' && last && folded.at(-1) !== ' ') last.end = end;
    for (const each of seen) {
      if (each === ' ' && folded.endsWith(' ')) continue;
      folded += each;
      for (let unit = 0; unit < each.length; unit += 1) places.push({ start, end });
    }
    start = end;
  }
  return { folded, places };
}
