import { expect, test } from 'vitest';
import { sniffType } from './sniff-type.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb0043', 'hex');

test.each<[string, string, Buffer, { contentType: string; kind: string }]>([
  ['a JPEG', 'a.jpg', jpeg, { contentType: 'image/jpeg', kind: 'image' }],
  ['a JPEG with another name', 'a.txt', jpeg, { contentType: 'image/jpeg', kind: 'image' }],
  ['Markdown', 'a.md', bytes('# Title\n'), { contentType: 'text/markdown', kind: 'text' }],
  ['text that is called a picture', 'a.png', bytes('hello'), { contentType: 'text/plain', kind: 'text' }],
  ['a page', 'a.jpg', bytes('\n<!DOCTYPE html><p>'), { contentType: 'text/html', kind: 'text' }],
  ['a page behind a comment', 'a.txt', bytes('<!-- x --><html>'), { contentType: 'text/html', kind: 'text' }],
  ['an SVG', 'a.txt', bytes('<svg xmlns="x"/>'), { contentType: 'image/svg+xml', kind: 'image' }],
  [
    'an SVG as Illustrator writes it',
    'a.svg',
    bytes(
      '<?xml version="1.0"?>\n<!-- G --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd" [\n<!ENTITY a "b">]>\n<svg xmlns="x"/>',
    ),
    { contentType: 'image/svg+xml', kind: 'image' },
  ],
  [
    'an SVG with its declaration',
    'a.png',
    bytes('<?xml version="1.0"?>\n<svg xmlns="x"/>'),
    { contentType: 'image/svg+xml', kind: 'image' },
  ],
  ['other XML', 'a.xml', bytes('<?xml version="1.0"?><a/>'), { contentType: 'application/xml', kind: 'text' }],
  ['a playlist', 'a.mp4', bytes('#EXTM3U\n'), { contentType: 'application/vnd.apple.mpegurl', kind: 'text' }],
  ['an old Western text', 'a.txt', Buffer.from('Gr\xfc\xdfe', 'latin1'), { contentType: 'text/plain', kind: 'text' }],
  [
    'a text in UTF-16, whose mark looks like MPEG sound',
    'a.txt',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Käse in UTF-16', 'utf16le')]),
    { contentType: 'text/plain', kind: 'text' },
  ],
  [
    'MPEG sound with the same first bytes',
    'a.mp3',
    Buffer.concat([Buffer.from('fffe9004', 'hex'), Buffer.alloc(600, '00d8', 'hex')]),
    { contentType: 'audio/mpeg', kind: 'audio' },
  ],
  [
    'a TIFF with its tables at the end',
    'a.tif',
    Buffer.concat([Buffer.from('49492a00208a1200', 'hex'), Buffer.alloc(4_096, 75)]),
    { contentType: 'image/tiff', kind: 'image' },
  ],
  [
    'a raw picture with its tables at the end',
    'a.nef',
    Buffer.concat([Buffer.from('4d4d002a00128a20', 'hex'), Buffer.alloc(4_096, 75)]),
    { contentType: 'image/x-nikon-nef', kind: 'image' },
  ],
  [
    'a Targa picture, which begins like a cursor',
    'a.tga',
    Buffer.concat([Buffer.from('000002000000000000000000', 'hex'), Buffer.alloc(600, 7)]),
    { contentType: 'application/octet-stream', kind: 'other' },
  ],
  [
    'a cursor',
    'a.cur',
    Buffer.concat([Buffer.from('0000020001002020', 'hex'), Buffer.alloc(600, 7)]),
    { contentType: 'image/vnd.microsoft.icon', kind: 'image' },
  ],
  [
    'bytes without a meaning',
    'a.bin',
    Buffer.from([0, 1, 2, 3]),
    { contentType: 'application/octet-stream', kind: 'other' },
  ],
])('%s', async (_, name, content, expected) => expect(await sniffType(content, name)).toEqual(expected));
