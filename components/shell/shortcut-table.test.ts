import { describe, expect, test } from 'vitest';
import { isSingleCharacter, keysOf, SHORTCUTS } from './shortcut-table.ts';

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test('a key has one meaning', () => {
  const keys = Object.values(SHORTCUTS).map((meaning) => meaning.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

describe('what a key press is called', () => {
  test.each([
    [press('u'), 'u'],
    // Caps Lock is not Shift
    [press('U'), 'u'],
    [press('U', { shiftKey: true }), null],
    [press('?', { shiftKey: true }), '?'],
    // on a German keyboard the slash is above the 7
    [press('/', { shiftKey: true }), '/'],
    [press(' '), 'Space'],
    [press('Delete'), 'Delete'],
    [press('Delete', { shiftKey: true }), 'Shift+Delete'],
    [press('k', { ctrlKey: true }), 'Mod+K'],
    [press('k', { ctrlKey: true, shiftKey: true }), null],
    [press('k', { ctrlKey: true, altKey: true }), null],
    [press('k', { metaKey: true }), null],
    // a Russian layout: the place of the key decides
    [press('г', { code: 'KeyU' }), 'u'],
    [press('F2'), 'F2'],
  ])('%o is %s', (event, keys) => expect(keysOf(event, false)).toBe(keys));

  test('on a Mac Command is Mod, and Control is left alone', () => {
    expect(keysOf(press('k', { metaKey: true }), true)).toBe('Mod+K');
    expect(keysOf(press('k', { ctrlKey: true }), true)).toBeNull();
  });
});

test('what can be switched off is a printed character alone', () => {
  expect(['u', '/', '?'].every(isSingleCharacter)).toBe(true);
  expect(['F2', 'Mod+K', 'Delete', 'Space'].some(isSingleCharacter)).toBe(false);
});
