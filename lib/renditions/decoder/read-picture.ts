import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { FileProblem } from '../file-problem.ts';
import { decodeSeconds, mostPixels } from '../limits.ts';
import { noFacts } from '../media-facts.ts';
import { renditionPixels } from '../rendition-key.ts';
import type { Picture, PictureReport } from './protocol.ts';
import { readExif } from './read-exif.ts';

// Only what is asked for may be loaded: no SVG, no PDF, no ImageMagick, whatever the build of libvips brings.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
    'VipsForeignLoadTiff',
  ],
});
sharp.concurrency(1);
sharp.cache(false);

const strict: SharpOptions = {
  failOn: 'warning',
  limitInputPixels: mostPixels,
  limitInputChannels: 5,
  unlimited: false,
  sequentialRead: true,
  pages: 1,
};

/** Longest side that thumbhash takes, px. */
const hashPixels = 100;

/** Size, camera facts, thumbnail and thumbhash of a picture file. @throws FileProblem */
export async function readPicture(path: string): Promise<PictureReport> {
  const head = await readHead(path);
  const { value: small, problem } = await strictThenLenient(path, (input) =>
    shrink(input, renditionPixels.thumbnail).raw().toBuffer({ resolveWithObject: true }),
  );
  const { width, height, channels } = small.info;
  const raw = () => sharp(small.data, { raw: { width, height, channels } });
  const hash = await shrink(raw(), hashPixels).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    ...head,
    thumbnail: await encode(raw(), 72),
    thumbhash: rgbaToThumbHash(hash.info.width, hash.info.height, hash.data),
    problem,
  };
}

/** A large picture for the viewer. @throws FileProblem */
export async function makePreview(path: string): Promise<Picture> {
  await readHead(path);
  const { value } = await strictThenLenient(path, (input) => encode(shrink(input, renditionPixels.preview), 80));
  return value;
}

/** What the file says of itself, read without decoding it; refused when that is too much. */
async function readHead(path: string): Promise<Pick<PictureReport, 'width' | 'height' | 'pages' | 'facts'>> {
  // The limit would hide the size that the file claims; nothing but its head is read here.
  const head = await sharp(path, { ...strict, failOn: 'none', limitInputPixels: false })
    .metadata()
    .catch((cause) => {
      throw problemOf(cause);
    });
  const { width, height } = head.autoOrient;
  if (width * height > mostPixels) {
    const count = (value: number) => value.toLocaleString('en');
    throw new FileProblem(
      `It claims ${count(width)} x ${count(height)} pixels. Up to ${mostPixels / 1e6} million are read.`,
    );
  }
  return { width, height, pages: head.pages ?? 1, facts: head.exif ? readExif(head.exif) : noFacts() };
}

/** A damaged picture still shows what can be read of it, and says so. */
async function strictThenLenient<T>(
  path: string,
  work: (input: Sharp) => Promise<T>,
): Promise<{ value: T; problem: string | null }> {
  try {
    return { value: await work(sharp(path, strict)), problem: null };
  } catch (first) {
    const value = await work(sharp(path, { ...strict, failOn: 'none' })).catch((cause) => {
      throw problemOf(cause);
    });
    return { value, problem: `It is damaged, and shown as far as it can be read: ${reasonOf(first)}` };
  }
}

function shrink(input: Sharp, pixels: number): Sharp {
  return input
    .autoOrient()
    .resize(pixels, pixels, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .timeout({ seconds: decodeSeconds });
}

async function encode(input: Sharp, quality: number): Promise<Picture> {
  const { data, info } = await input.webp({ quality, effort: 2 }).toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height };
}

function problemOf(cause: unknown): FileProblem {
  // Of us, not of the file.
  if (/out of memory/.test(String(cause)))
    return new FileProblem('Reading it takes more memory than the server gives to one picture.', { cause });
  return new FileProblem(`It is damaged: ${reasonOf(cause)}`, { cause });
}

/** libvips says more lines than one; the first that is not about the loader is the reason. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim());
  const line = lines.find((each) => each !== '' && !each.startsWith('Input file')) ?? lines[0] ?? 'unknown';
  return `${line.replace(/^\w+: /, '').slice(0, 160)}.`;
}
