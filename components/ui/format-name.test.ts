import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphemes, initials, splitName, truncateMiddle } from './format-name.ts';

test.each([
  ['pine-path-portrait.jpg', { head: 'pine-path-port', tail: 'rait.jpg' }],
  ['derwent-boats-dusk.jpg', { head: 'derwent-boats-', tail: 'dusk.jpg' }],
  // nothing to save
  ['a.jpg', { head: '', tail: 'a.jpg' }],
  ['boats.jpg', { head: '', tail: 'boats.jpg' }],
  // no extension, a dot at the start, a sentence with a dot in it
  ['campaigns-2026', { head: 'campaigns-', tail: '2026' }],
  ['.hidden-settings', { head: '.hidden-sett', tail: 'ings' }],
  ['Notes v1. second draft of June', { head: 'Notes v1. second draft of ', tail: 'June' }],
  // whole characters: a family and a flag are one each
  ['holiday-👨‍👩‍👧‍👦🇩🇰ab.jpg', { head: 'holiday-', tail: '👨‍👩‍👧‍👦🇩🇰ab.jpg' }],
  ['صورة-البحيرة.jpg', { head: 'صورة-الب', tail: 'حيرة.jpg' }],
])('%s', (name, parts) => expect(splitName(name)).toEqual(parts));

test('no name loses or gains a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const { head, tail } = splitName(name);
      return head + tail === name;
    }),
  );
});

test.each([
  ['pine-path-portrait.jpg', 17, 'pine-pat…rait.jpg'],
  ['pine-path-portrait.jpg', 22, 'pine-path-portrait.jpg'],
  ['pine-path-portrait.jpg', 6, 'pine-…'],
  ['campaigns-2026', 8, 'cam…2026'],
])('%s in %d is %s', (name, max, text) => expect(truncateMiddle(name, max)).toBe(text));

test('a truncated name is never longer than asked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 40 }), (name, max) => {
      // joining two graphemes may fuse them into one, never split one in two
      expect(graphemes(truncateMiddle(name, max)).length).toBeLessThanOrEqual(max);
    }),
  );
});

test.each([
  ['Mara Lind', 'ML'],
  ['Elin Maria Sørby', 'ES'],
  ['priya', 'P'],
  ['admin@example.com', 'A'],
  ['jonas.weber@example.com', 'JW'],
  ['', ''],
])('initials of %s are %s', (name, text) => expect(initials(name)).toBe(text));
