/** One letter for one, both alphabets in lower case; what follows the pairs is left out ("ъ", "ь"). */
const from = 'øłđðħıŧŋ' + 'αβγδεζηθικλμνξοπρσςτυφχψω' + 'абвгдежзиклмнопрстуфхцчшщыэюя' + 'ієґђјљњћџѕ';
const to = 'olddhitn' + 'abgdezhtiklmnxoprsstyfhpo' + 'abvgdejziklmnoprstufhccssyeua' + 'iegdjlncds';
const letters = new Map<string, string>([
  ...[...from].map((letter, at): [string, string] => [letter, to[at] as string]),
  ...['ъ', 'ь'].map((letter): [string, string] => [letter, '']),
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
]);
/** Capitals that the table above knows in lower case, and ASCII: nothing else changes its case, as in the database. */
const capitals = new Set([...from, 'æ', 'œ', 'þ', 'ъ', 'ь'].map((letter) => letter.toUpperCase()).concat('ẞ'));
capitals.delete('I');

// biome-ignore lint/suspicious/noControlCharactersInRegex: whatever is neither letter nor digit parts words.
const separator = /[\u0000-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f]/;

/** One character as search sees it: letters without case and accents, a space for whatever parts words, "" for what is not seen. */
export function foldCharacter(character: string): string {
  let folded = '';
  for (const part of character.normalize('NFKD')) {
    if (part >= '\u0300' && part <= '\u036f') continue;
    const lower = (part >= 'A' && part <= 'Z') || capitals.has(part) ? part.toLowerCase() : part;
    folded += letters.get(lower) ?? (separator.test(lower) ? ' ' : lower);
  }
  return folded;
}

/**
 * Text as search sees it: no case, no accents, no signs; words parted by one space, without spaces at the ends. The twin of
 * `search_fold` in migration 0037, which has a space before each word; search-assets.api.test.ts holds them together.
 */
export function foldText(text: string): string {
  let folded = '';
  for (const character of text.normalize('NFKD')) folded += foldCharacter(character);
  return folded.replace(/ +/g, ' ').trim();
}
