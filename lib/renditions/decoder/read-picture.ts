import { readFile } from 'node:fs/promises';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { FileProblem } from '../file-problem.ts';
import { decodeSeconds, mostPixels } from '../limits.ts';
import { noFacts } from '../media-facts.ts';
import { renditionPixels } from '../rendition-key.ts';
import type { Picture, PictureReport } from './protocol.ts';
import { readExif } from './read-exif.ts';

// Only what is asked for may be loaded: no PDF, no ImageMagick, no SVG but from memory (`readDrawing`), whatever the build of libvips brings.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
    'VipsForeignLoadTiff',
    'VipsForeignLoadSvgBuffer',
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

/** A file, or a drawing that was read into memory. */
type Source = string | Uint8Array;

/** Size, camera facts, thumbnail and thumbhash of a picture file. @throws FileProblem */
export async function readPicture(source: Source): Promise<PictureReport> {
  const head = await readHead(source);
  const { value: small, problem } = await strictThenLenient(source, (input) =>
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

/**
 * An SVG as a picture. librsvg runs no script and opens no address; read from memory a drawing has no place of its own either, from which it
 * could reach another file (librsvg, "Security considerations"). Entities, elements and references are limited there, time by who asks.
 * @throws FileProblem
 */
export async function readDrawing(path: string): Promise<{ picture: PictureReport; preview: Picture }> {
  const bytes = await readFile(path);
  const head = await readHead(bytes);
  // Drawn once, for it is the drawing that costs: the small picture is made of the large one.
  const { value: preview, problem } = await strictThenLenient(bytes, (input) =>
    encode(shrink(input, renditionPixels.preview, true), 80),
  );
  return { picture: { ...(await readPicture(preview.bytes)), ...head, problem }, preview };
}

/** What the file says of itself, read without decoding it; refused when that is too much. */
async function readHead(source: Source): Promise<Pick<PictureReport, 'width' | 'height' | 'pages' | 'facts'>> {
  // The limit would hide the size that the file claims; nothing but its head is read here.
  const head = await sharp(source, { ...strict, failOn: 'none', limitInputPixels: false })
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
  source: Source,
  work: (input: Sharp) => Promise<T>,
): Promise<{ value: T; problem: string | null }> {
  try {
    return { value: await work(sharp(source, strict)), problem: null };
  } catch (first) {
    const value = await work(sharp(source, { ...strict, failOn: 'none' })).catch((cause) => {
      throw problemOf(cause);
    });
    return { value, problem: `It is damaged, and shown as far as it can be read: ${reasonOf(first)}` };
  }
}

/** @param enlarge a drawing has no largest size */
function shrink(input: Sharp, pixels: number, enlarge = false): Sharp {
  return input
    .autoOrient()
    .resize(pixels, pixels, { fit: 'inside', withoutEnlargement: !enlarge })
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
