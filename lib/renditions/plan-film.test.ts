import { expect, it, test } from 'vitest';
import { planFilm, probeReport } from './plan-film.ts';

const plan = (report: unknown) => planFilm(probeReport.parse(report), new Date('2026-11-25T12:00:00Z'));

it('a film of a phone held upright is upright, with its time, maker and place', () => {
  expect(
    plan({
      format: {
        duration: '12.345',
        tags: {
          creation_time: '2024-05-06T07:08:09.000000Z',
          'com.apple.quicktime.make': 'Apple',
          'com.apple.quicktime.model': 'iPhone 15',
          'com.apple.quicktime.location.ISO6709': '+52.5200+013.4050+034.000/',
        },
      },
      streams: [
        {
          codec_type: 'video',
          codec_name: 'hevc',
          width: 1920,
          height: 1080,
          avg_frame_rate: '30000/1001',
          side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }],
        },
        { codec_type: 'audio', codec_name: 'aac', avg_frame_rate: '0/0' },
      ],
    }),
  ).toEqual({
    kind: 'video',
    width: 1080,
    height: 1920,
    durationMs: 12_345,
    hasCover: false,
    facts: {
      takenAt: new Date('2024-05-06T07:08:09Z'),
      camera: 'Apple iPhone 15',
      latitude: 52.52,
      longitude: 13.405,
      details: { videoCodec: 'hevc', audioCodec: 'aac', frameRate: 29.97 },
    },
  });
});

it('a song with a picture on its cover is a song', () => {
  expect(
    plan({
      format: { duration: '180', tags: { TITLE: 'Tone', artist: 'Strata' } },
      streams: [
        { codec_type: 'audio', codec_name: 'mp3' },
        { codec_type: 'video', codec_name: 'mjpeg', width: 500, height: 500, disposition: { attached_pic: 1 } },
      ],
    }),
  ).toMatchObject({
    kind: 'audio',
    width: null,
    durationMs: 180_000,
    hasCover: true,
    facts: { details: { title: 'Tone', artist: 'Strata' } },
  });
});

test.each([
  ['nothing inside', {}, { kind: null, durationMs: null }],
  ['a length that is none', { format: { duration: 'N/A' }, streams: [] }, { durationMs: null }],
  ['a length of a million days', { format: { duration: '1e12' } }, { durationMs: null }],
])('%s', (_, report, expected) => expect(plan(report)).toMatchObject(expected));
