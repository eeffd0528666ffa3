import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.ts';
import { likePattern, planWords } from './plan-words.ts';

describe('foldText', () => {
  it.each([
    ['Autumn-Lakes/IMG_1234.jpg', 'autumn lakes img 1234 jpg'],
    ['Ångström STRAẞE Œuvre Łódź', 'angstrom strasse oeuvre lodz'],
    ['Привет, Мир/Ёлка', 'privet mir elka'],
    ['ΑΘΗΝΑ Ποταμός', 'athna potamos'],
    ['北京市/写真　1.HEIC', '北京市 写真 1 heic'],
    ['  --  ', ''],
    ['ﬁsh ①', 'fish 1'],
    ['I İ ı', 'i i i'],
    ['100%_sure\\', '100 sure'],
  ])('%s', (given, folded) => {
    expect(foldText(given)).toBe(folded);
    expect(foldText(foldText(given))).toBe(folded);
  });
});

describe('planWords', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['   ', []],
    ['Lakes autumn', ['%lakes%', '%autumn%']],
    ['beach.jpg', ['%beach%', '%jpg%']],
    ['a', ['% a%']],
    ['IM 12', ['% im%', '% 12%']],
    ['IMG 12', ['%img%', '%12%']],
    ['"Autumn lakes" jpg', ['%autumn lakes%', '%jpg%']],
    ['"autumn la', ['%autumn la%']],
    ['"a" x', ['% a%', '% x%']],
    ['京', ['%京%']],
    ['%_\\', []],
    ['1 2 3 4 5 6 7 8 9 10', ['% 1%', '% 2%', '% 3%', '% 4%', '% 5%', '% 6%', '% 7%', '% 8%']],
  ])('%s', (query, patterns) => {
    expect(planWords(query).map(likePattern)).toEqual(patterns);
  });
});
