import { expect, it } from 'vitest';
import { planDelivery } from './plan-delivery.ts';

const saved = { disposition: 'attachment', contentType: 'application/octet-stream' };
const shown = (contentType: string) => ({ disposition: 'inline', contentType });

it.each([
  ['a.jpg', 'image/jpeg', shown('image/jpeg')],
  ['a.jpg', 'IMAGE/JPEG; x=y', shown('image/jpeg')],
  ['a.jpg', null, shown('image/jpeg')],
  ['a.mp4', 'binary/octet-stream', shown('video/mp4')],
  ['a.mp3', 'audio/mpeg', shown('audio/mpeg')],
  // A page called a picture is sent as a picture, a picture called a page is saved.
  ['a.jpg', 'text/html', saved],
  ['a.html', 'application/octet-stream', saved],
  ['a.html', 'image/png', shown('image/png')],
  ['a.svg', 'image/svg+xml', saved],
  ['a.pdf', 'application/pdf', saved],
  ['a.xml', 'application/xml', saved],
  ['a.tif', 'image/tiff', saved],
  ['a', null, saved],
] as const)('%s stored as %s', (name, type, inline) => {
  expect(planDelivery('inline', name, type)).toEqual(inline);
  expect(planDelivery('attachment', name, type)).toEqual(saved);
});
