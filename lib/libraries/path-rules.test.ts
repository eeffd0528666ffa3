import { describe, expect, it } from 'vitest';
import { findPathProblem, foldersAbove, isIrregularPath, nameOf, parentFolder, prefixEnd } from './path-rules.ts';

const limits = { rootPrefix: '', maxSegmentBytes: 255 };

describe('findPathProblem', () => {
  it.each([
    'a.jpg',
    'a b/c+d/100%/#1?.jpg',
    'फ़ोटो/صورة.jpg',
    '📷/é.jpg',
    'folder/',
    '...jpg',
    'a/.hidden',
    `${'x'.repeat(255)}/`.repeat(4),
  ])('takes %s', (path) => expect(findPathProblem(path, limits)).toBeNull());

  it.each([
    ['', 'name'],
    ['/', 'name'],
    ['/a', 'slash'],
    ['a//b', 'two slashes'],
    ['a/../b', '".."'],
    ['./a', '"."'],
    ['a/.', '"."'],
    ['line\nbreak', 'control'],
    ['tab\there', 'control'],
    ['nul\u0000', 'control'],
    ['del\u007f', 'control'],
    ['half \ud83d', 'broken'],
    ['x'.repeat(256), '255 bytes'],
    [`${'é'.repeat(100)}/`.repeat(6), '1,024'],
  ])('refuses %j', (path, word) => expect(findPathProblem(path, limits)).toContain(word));

  it('counts the root prefix into the length', () => {
    const path = `${'x'.repeat(200)}/`.repeat(5);
    expect(findPathProblem(path, limits)).toBeNull();
    expect(findPathProblem(path, { ...limits, rootPrefix: 'r'.repeat(100) })).toContain('1,024');
  });

  it('takes a long segment where the store does', () => {
    expect(findPathProblem('x'.repeat(1024), { rootPrefix: '', maxSegmentBytes: null })).toBeNull();
  });
});

describe('parts of a path', () => {
  it.each([
    ['a/b/c.jpg', 'a/b/', 'c.jpg', ['a/', 'a/b/']],
    ['c.jpg', '', 'c.jpg', []],
    ['a/b/', 'a/', 'b', ['a/']],
    ['a/', '', 'a', []],
  ])('%s', (path, parent, name, above) => {
    expect(parentFolder(path)).toBe(parent);
    expect(nameOf(path)).toBe(name);
    expect(foldersAbove(path)).toEqual(above);
  });

  it('ends a prefix range right after the folder', () => {
    expect(prefixEnd('a/')).toBe('a0');
    expect(prefixEnd('')).toBeNull();
  });

  it('knows keys that we would never make', () => {
    expect(isIrregularPath('a//b')).toBe(true);
    expect(isIrregularPath('a/b')).toBe(false);
  });
});
