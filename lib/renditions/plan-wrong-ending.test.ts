import { expect, test } from 'vitest';
import type { AssetKind } from '#lib/assets/schema.ts';
import { planWrongEnding } from './plan-wrong-ending.ts';

test.each<[string, AssetKind, string, string | null]>([
  ['photo.jpg', 'image', 'image/jpeg', null],
  ['photo.JPEG', 'image', 'image/jpeg', null],
  ['photo.PNG', 'image', 'image/jpeg', '.png'],
  ['film.mp4', 'video', 'video/mp4', null],
  ['film.mov', 'video', 'video/mp4', null],
  ['film.jpg', 'video', 'video/mp4', '.jpg'],
  ['page.jpg', 'text', 'text/html', '.jpg'],
  ['notes.md', 'text', 'text/plain', null],
  ['raw.nef', 'image', 'image/tiff', null],
  ['picture.heic', 'image', 'image/avif', null],
  ['no ending', 'image', 'image/png', null],
  ['what.unknown', 'image', 'image/png', null],
  ['song.mp4', 'audio', 'audio/mp4', '.mp4'],
])('%s holding %s %s: %s', (name, kind, contentType, ending) => {
  expect(planWrongEnding(name, { kind, contentType })).toBe(ending);
});
