import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

const run = promisify(execFile);

/** A photo as a phone makes it: taken upright, so that its pixels lie on their side, with camera, time and place. */
export function phonePhoto(width = 640, height = 480): Promise<Buffer> {
  const half = { r: 210, g: 120, b: 40 };
  return sharp({ create: { width, height, channels: 3, background: half } })
    .composite([
      { input: { create: { width: width / 2, height, channels: 3, background: '#2a6f97' } }, left: 0, top: 0 },
    ])
    .withExif({
      IFD0: { Make: 'Fairphone', Model: 'FP5', Software: 'camera 3' },
      IFD2: {
        DateTimeOriginal: '2024:05:06 07:08:09',
        OffsetTimeOriginal: '+02:00',
        ExposureTime: '1/250',
        FNumber: '18/10',
        ISOSpeedRatings: '100',
        FocalLength: '56/10',
        LensModel: 'FP5 main',
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 18/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

/** The head of a WebP that claims a size and holds no pixel: 44 bytes. */
export function webpClaiming(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36, 4);
  bytes.write('WEBPVP8X', 8, 'latin1');
  bytes.writeUInt32LE(10, 16);
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  bytes.write('VP8L', 30, 'latin1');
  bytes.writeUInt32LE(6, 34);
  bytes[38] = 0x2f;
  return bytes;
}

/** A PNG of one grey whose pixels are really there: 200 million take 200 kB. */
export function pngOfOneGrey(width: number, height: number): Buffer {
  return png(width, height, [chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height), { level: 1 }))]);
}

function png(width: number, height: number, data: Buffer[]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    ...data,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/**
 * A PDF of one empty page, A5 upright.
 * @param trailer more of its trailer, as a lock
 */
export const smallPdf = (trailer = ''): Buffer =>
  Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj\n' +
      `trailer<</Root 1 0 R${trailer}>>\n%%EOF\n`,
    'latin1',
  );

/** What ffmpeg makes of these arguments; for tests that ask first whether it is there. */
export async function madeByFfmpeg(args: string[], ending: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'strata-test-media-'));
  try {
    const file = join(folder, `made.${ending}`);
    await run('ffmpeg', ['-v', 'error', ...args, file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
