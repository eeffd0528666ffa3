import { describe, expect, it, test } from 'vitest';
import { cameraName, cleanText, possiblePlace, possibleTime } from './media-facts.ts';
import { type ExifGroups, planExif } from './plan-exif.ts';

const now = new Date('2026-11-25T12:00:00Z');
const tag = (value: unknown, description = String(value)) => ({ value, description });

describe('planExif', () => {
  it('reads what cameras write', () => {
    const facts = planExif(
      {
        exif: {
          Make: tag(['NIKON CORPORATION']),
          Model: tag(['NIKON D750']),
          DateTimeOriginal: tag(['2024:05:06 07:08:09']),
          ExposureTime: tag([1, 250]),
          FNumber: tag([28, 10]),
          FocalLength: tag([350, 10]),
          ISOSpeedRatings: tag(400),
          Flash: tag(25),
        },
        gps: { Latitude: -33.8568, Longitude: 151.2153, Altitude: 12.4 },
      },
      now,
    );
    expect(facts).toEqual({
      takenAt: new Date('2024-05-06T07:08:09Z'),
      camera: 'NIKON D750',
      latitude: -33.8568,
      longitude: 151.2153,
      details: { exposure: '1/250 s', aperture: 'f/2.8', focalLength: '35 mm', iso: 400, flash: 'Fired', altitude: 12 },
    });
  });

  it.each<[string, ExifGroups]>([
    ['nothing', {}],
    ['a clock that was never set', { exif: { DateTimeOriginal: tag(['0000:00:00 00:00:00']) } }],
    ['a time to come', { exif: { DateTimeOriginal: tag(['2099:01:01 00:00:00']) } }],
    ['fractions over nothing', { exif: { ExposureTime: tag([0, 0]), FNumber: tag([5, 0]), ISOSpeedRatings: tag(0) } }],
    ['a place off the globe', { gps: { Latitude: 91, Longitude: 0 } }],
    ['padding for text', { exif: { Model: tag(['\u0000\u0000 ']) } }],
  ])('makes nothing of %s', (_, groups) => {
    expect(planExif(groups, now)).toEqual({
      takenAt: null,
      camera: null,
      latitude: null,
      longitude: null,
      details: {},
    });
  });
});

test.each([
  ['Canon', 'Canon EOS R5', 'Canon EOS R5'],
  ['Apple', 'iPhone 15', 'Apple iPhone 15'],
  [undefined, 'X100V', 'X100V'],
  ['Leica', undefined, 'Leica'],
  [undefined, undefined, null],
])('%s and %s: %s', (make, model, name) => expect(cameraName(make, model)).toBe(name));

test.each([
  [0, 0, null],
  [52.5, 13.4, 52.5],
  [52.5, undefined, null],
  [52.5, 181, null],
])('latitude %s, longitude %s', (latitude, longitude, kept) => {
  expect(possiblePlace(latitude, longitude).latitude).toBe(kept);
});

test.each([
  ['1904-01-01T00:00:00Z', false],
  ['1970-01-01T00:00:00Z', false],
  ['2024-05-06T07:08:09Z', true],
  ['none', false],
])('the time %s', (text, possible) => expect(possibleTime(new Date(text), now) !== null).toBe(possible));

test('text of a file is cut, and keeps no control characters', () => {
  expect(cleanText(`a\u0007b\u0000${'x'.repeat(999)}`)).toHaveLength(300);
  expect(cleanText('  two\r\nlines ')).toBe('two lines');
  expect(cleanText('\u0000')).toBeUndefined();
});
