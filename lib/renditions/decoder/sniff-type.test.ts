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
    'bytes without a meaning',
    'a.bin',
    Buffer.from([0, 1, 2, 3]),
    { contentType: 'application/octet-stream', kind: 'other' },
  ],
])('%s', async (_, name, content, expected) => expect(await sniffType(content, name)).toEqual(expected));
