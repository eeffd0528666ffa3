import { foldText } from './fold-text.ts';

/** More words narrow nothing that eight do not. */
const mostWords = 8;
/** Trigrams find three characters and more inside a word. */
const indexed = 3;

/** One thing to find: `text` folded; `anywhere` in a word, or only where a word begins. */
export type SoughtWord = { text: string; anywhere: boolean };

/**
 * What a query means: words in any order, each anywhere in the text; words in double quotes stand together.
 * One or two letters on their own find where a word begins: inside of words they would find nearly everything, and no index could
 * help; beside a longer word they find anywhere. Scripts other than Latin, Greek and Cyrillic write two-letter words inside of longer
 * runs, so theirs are found anywhere.
 */
export function planWords(query: string): SoughtWord[] {
  const texts: string[] = [];
  // A quote that was not closed yet is being typed.
  for (const [, phrase, rest] of query.matchAll(/"([^"]*)"?|([^"]+)/g)) {
    const folded = foldText(phrase ?? rest ?? '');
    if (folded !== '') texts.push(...(phrase === undefined ? folded.split(' ') : [folded]));
  }
  const words = texts.slice(0, mostWords);
  const helped = words.some((text) => text.length >= indexed);
  return words.map((text) => ({ text, anywhere: helped || /[^a-z0-9 ]/.test(text) }));
}

/** The LIKE pattern over a folded text, which has a space before each word. Folding leaves no `%`, `_` or backslash. */
export function likePattern({ text, anywhere }: SoughtWord): string {
  return anywhere ? `%${text}%` : `% ${text}%`;
}
