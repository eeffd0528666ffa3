import { expect, test } from 'vitest';
import { planStage, type Shown, type Stage, sizeOnStage } from './plan-stage.ts';

const photo: Shown = {
  id: '1',
  name: 'a.jpg',
  kind: 'image',
  contentType: 'image/jpeg',
  size: 9_000_000,
  width: 6_000,
  height: 4_000,
  durationMs: null,
  thumbhash: 'aaaa',
  thumbnailUrl: 'https://store/thumbnail',
  storageClass: 'STANDARD',
  versionId: 'v',
  problem: null,
  inspected: true,
};
const bare = { thumbhash: null, thumbnailUrl: null };

test.each<[string, Partial<Shown>, Partial<Stage>]>([
  ['a photo: its preview first', {}, { way: 'picture', original: true, preview: true }],
  [
    'a small one: itself',
    { width: 800, height: 600, size: 90_000 },
    { way: 'picture', original: true, preview: false },
  ],
  [
    'one that nobody looked at: itself',
    { ...bare, inspected: false },
    { way: 'picture', original: true, preview: false },
  ],
  ['a TIFF: its preview only', { contentType: 'image/tiff' }, { way: 'picture', original: false }],
  ['a TIFF without one yet', { ...bare, contentType: 'image/tiff', inspected: false }, { way: 'making' }],
  ['a bomb', { ...bare, problem: 'It claims too much.' }, { way: 'none', why: 'It claims too much.' }],
  ['half a photo: what there is of it', { problem: 'It is damaged.' }, { way: 'picture' }],
  ['an SVG that was drawn', { contentType: 'image/svg+xml' }, { way: 'picture', original: false, preview: true }],
  [
    'an SVG that was not',
    { contentType: 'image/svg+xml', ...bare },
    { way: 'text', why: 'An SVG is shown as text, never run.' },
  ],
  [
    'a page',
    { kind: 'text', contentType: 'text/html', ...bare },
    { way: 'text', why: 'A page is shown as text, never run.' },
  ],
  ['notes', { kind: 'text', contentType: 'text/markdown', ...bare }, { way: 'text', why: null }],
  ['a film', { kind: 'video', contentType: 'video/mp4' }, { way: 'video' }],
  [
    'a film that browsers cannot play',
    { kind: 'video', contentType: 'video/vnd.avi' },
    { way: 'picture', original: false },
  ],
  ['a song', { kind: 'audio', contentType: 'audio/mpeg', ...bare }, { way: 'audio' }],
  ['a PDF', { kind: 'document', contentType: 'application/pdf' }, { way: 'pdf' }],
  ['an archive', { kind: 'archive', contentType: 'application/zip', ...bare }, { way: 'none' }],
  ['what is gone, archived or not', { gone: true, storageClass: 'GLACIER' }, { way: 'gone' }],
  ['what is archived', { storageClass: 'DEEP_ARCHIVE' }, { way: 'archived' }],
  ['nothing', { size: 0, ...bare }, { way: 'none', why: 'It is empty.' }],
])('%s', (_, change, expected) => expect(planStage({ ...photo, ...change })).toMatchObject(expected));

test.each<[string, Partial<Shown>, ReturnType<typeof sizeOnStage>]>([
  ['a photo: its own', {}, { width: 6_000, height: 4_000 }],
  [
    'a symbol: as large as it was drawn',
    { contentType: 'image/svg+xml', width: 24, height: 12 },
    { width: 1_600, height: 800 },
  ],
  ['what nobody measured', { width: null, height: null }, null],
])('the size on the stage of %s', (_, given, size) => {
  expect(sizeOnStage({ ...photo, ...given })).toEqual(size);
});
