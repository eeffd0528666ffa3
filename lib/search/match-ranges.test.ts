import { expect, it } from 'vitest';
import { matchRanges } from './match-ranges.ts';
import { planWords } from './plan-words.ts';

const mark = (text: string, q: string) => {
  let marked = text;
  for (const { start, end } of matchRanges(text, planWords(q)).toReversed()) {
    marked = `${marked.slice(0, start)}[${marked.slice(start, end)}]${marked.slice(end)}`;
  }
  return marked;
};

it.each([
  ['derwent-boats-dusk.jpg', 'boats', 'derwent-[boats]-dusk.jpg'],
  ['rowboats-aerial.mp4', 'BOATS aer', 'row[boats]-[aer]ial.mp4'],
  ['Ångström straße.mp4', 'angstrom strasse', '[Ångström] [straße].mp4'],
  ['A\u030angstro\u0308m.mp4', 'angstrom', '[A\u030angstro\u0308m].mp4'],
  ['Привет мир.pdf', 'mir', 'Привет [мир].pdf'],
  ['banana', 'ana', 'b[anana]'],
  ['im-aim.jpg', 'im', '[im]-aim.jpg'],
  ['IMG_1234.jpg', '"img 1234"', '[IMG_1234].jpg'],
  ['😀 smile.png', 'smile', '😀 [smile].png'],
  ['nothing.jpg', 'else', 'nothing.jpg'],
  ['x.jpg', '', 'x.jpg'],
])('%s for %s', (text, q, wanted) => {
  expect(mark(text, q)).toBe(wanted);
});
