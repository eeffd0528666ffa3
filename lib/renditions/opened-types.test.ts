import { expect, test } from 'vitest';
import { beginsLikePicture } from './opened-types.ts';

test.each<[string, string, boolean]>([
  ['a JPEG', '\xff\xd8\xff\xe1\x00\x10Exif', true],
  ['a PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', true],
  ['a GIF', 'GIF89a\x01\0', true],
  ['a WebP of any length', 'RIFF\n\0\0\0WEBPVP8 ', true],
  ['a sound in the same container', 'RIFF\n\0\0\0WAVEfmt ', false],
  ['a film', '\0\0\0\x18ftypmp42', false],
  ['a text about one', 'It begins with GIF89a', false],
  ['nothing', '', false],
])('%s', (_, head, expected) => expect(beginsLikePicture(Buffer.from(head, 'latin1'))).toBe(expected));
