import { describe, expect, it } from 'vitest';
import { contentTypeOf, kindOf } from './kind-of.ts';

describe('kindOf', () => {
  it.each([
    ['IMG_2291.JPG', null, 'image'],
    ['photo.heic', 'application/octet-stream', 'image'],
    ['drawing.svg', 'image/svg+xml', 'image'],
    ['drone.mp4', null, 'video'],
    ['clip.mxf', null, 'video'],
    ['voice.opus', null, 'audio'],
    ['brief.pdf', null, 'document'],
    ['plan.docx', null, 'document'],
    ['deck.key', 'application/pgp-keys', 'document'],
    ['notes.md', null, 'text'],
    ['data.json', null, 'text'],
    ['page.html', 'text/html', 'text'],
    ['side.xmp', null, 'text'],
    ['all.tar.gz', null, 'archive'],
    ['.zip', null, 'other'],
    ['.hidden.zip', null, 'archive'],
    ['README', null, 'other'],
    ['README', 'text/plain; charset=utf-8', 'text'],
    ['capture', 'video/webm', 'video'],
    ['x', 'application/ld+json', 'text'],
    ['x', 'application/vnd.ms-excel', 'document'],
    ['trailing.', null, 'other'],
    ['constructor.__proto__', null, 'other'],
    ['a.constructor', 'constructor', 'other'],
    ['folder.jpg/plain', null, 'other'],
    ['a.unknown', 'image/png', 'image'],
  ] as const)('%s with %s is %s', (name, type, kind) => {
    expect(kindOf(name, type)).toBe(kind);
  });
});

describe('contentTypeOf', () => {
  it.each([
    ['a.JPeG', 'image/jpeg'],
    ['a b+c%20.webp', 'image/webp'],
    ['a.mov', 'video/quicktime'],
    ['a', 'application/octet-stream'],
    ['.jpg', 'application/octet-stream'],
    ['a.toString', 'application/octet-stream'],
  ])('%s is %s', (name, type) => {
    expect(contentTypeOf(name)).toBe(type);
  });
});
