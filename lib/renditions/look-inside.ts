import type { AssetKind } from '#lib/assets/schema.ts';
import { askDecoder } from './decoder/decoder-pool.ts';
import type { Picture, PictureReport, Sniffed } from './decoder/protocol.ts';
import { demuxerOf } from './demuxers.ts';
import { isTooLongToRead, type OpenedOriginal } from './fetch-original.ts';
import { FileProblem } from './file-problem.ts';
import { mostDrawingBytes, mostPictureBytes } from './limits.ts';
import { type MediaFacts, noFacts } from './media-facts.ts';
import { beginsLikePicture, openedTypes } from './opened-types.ts';
import { convertHeic, countPages, drawFirstPage } from './read-document.ts';
import { makePoster, readFilm } from './read-film.ts';
import { foundTools } from './run-tool.ts';
import { wantsPreview } from './wants-preview.ts';

/** What was found in the bytes of a version. */
export type Inspection = Sniffed & {
  width: number | null;
  height: number | null;
  durationMs: number | null;
  facts: MediaFacts;
  thumbnail: Picture | null;
  thumbhash: Uint8Array | null;
  /** Made at once where getting at a picture was the costly part. */
  preview: Picture | null;
  /** A preview is worth a job of its own. */
  wantsPreview: boolean;
  problem: string | null;
};

const heic = new Set(['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence']);

/**
 * What the bytes are, and a picture of them where there can be one. Never throws for what is wrong with the file: that becomes `problem`.
 * @param folder for files of this job
 */
export async function lookInside(
  original: OpenedOriginal,
  name: string,
  folder: string,
  signal: AbortSignal,
): Promise<Inspection> {
  const nothing = { contentType: 'application/octet-stream', kind: 'other' as AssetKind };
  const found: Inspection = {
    ...nothing,
    width: null,
    height: null,
    durationMs: null,
    facts: noFacts(),
    thumbnail: null,
    thumbhash: null,
    preview: null,
    wantsPreview: false,
    problem: null,
  };
  try {
    if (original.size === 0) throw new FileProblem('It is empty.');
    if (beginsLikePicture(original.head)) await lookAtOnce(found, original, name, folder, signal);
    else {
      Object.assign(found, await askDecoder('sniff', { bytes: original.head, name }));
      await readByType(found, original, folder, signal);
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    found.problem = error.message;
  }
  return found;
}

/** What most files are: read whole first, then one question in place of two. */
async function lookAtOnce(
  found: Inspection,
  original: OpenedOriginal,
  name: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `${folder}/original`;
  await saveBounded(original, path);
  const { sniffed, picture } = await askDecoder('look', { path, name });
  Object.assign(found, sniffed);
  if (picture === null) return readByType(found, { ...original, saveWhole: async () => {} }, folder, signal);
  if (typeof picture === 'string') throw new FileProblem(picture);
  takeReport(found, picture, original.size);
}

async function readByType(found: Inspection, original: OpenedOriginal, folder: string, signal: AbortSignal) {
  const path = `${folder}/original`;
  const { contentType } = found;
  const demuxer = demuxerOf(contentType);
  if (openedTypes.has(contentType)) {
    await saveBounded(original, path);
    takeReport(found, await askDecoder('picture', { path }), original.size);
  } else if (heic.has(contentType)) {
    await requireTool('heif-convert');
    await saveBounded(original, path);
    found.facts = await askDecoder('exif', { path });
    await addPictures(found, await convertHeic(path, folder, signal));
  } else if (contentType === 'application/pdf') {
    await requireTool('poppler');
    await saveBounded(original, path);
    const pages = await countPages(path, folder, signal);
    if (pages !== null) found.facts.details.pages = pages;
    const size = await addPictures(found, await drawFirstPage(path, folder, signal));
    // The page has no pixels of its own; its shape is what a slot for it needs.
    Object.assign(found, size);
  } else if (demuxer) {
    await requireTool('ffmpeg');
    if (isTooLongToRead(original.size)) await original.saveEnds(path);
    else await original.saveWhole(path);
    await readWithFfmpeg(found, path, demuxer, folder, signal);
  } else if (contentType === 'image/svg+xml') {
    await saveBounded(original, path, mostDrawingBytes);
    const { picture, preview } = await askDecoder('drawing', { path });
    takeReport(found, picture, original.size);
    Object.assign(found, { preview, wantsPreview: false });
  } else if (found.kind === 'image') {
    throw new FileProblem(`Pictures of the type ${contentType} are not drawn.`);
  }
}

function takeReport(found: Inspection, { pages, ...report }: PictureReport, size: number): void {
  Object.assign(found, report);
  if (pages > 1) found.facts.details.pages = pages;
  found.wantsPreview = wantsPreview(found.contentType, report, size);
}

async function readWithFfmpeg(found: Inspection, path: string, demuxer: string, folder: string, signal: AbortSignal) {
  const film = await readFilm(path, demuxer, folder, signal);
  if (film.kind === null) throw new FileProblem('It holds neither picture nor sound.');
  // An mp4 without a picture is a song, whatever its first bytes say.
  const { width, height, facts } = film;
  Object.assign(found, { width, height });
  // To its reader a picture is a film of one frame, with a rate and a length that it has not.
  if (found.kind !== 'image') {
    found.facts = facts;
    found.durationMs = film.durationMs;
    found.kind = film.kind;
    if (film.kind === 'audio') found.contentType = found.contentType.replace(/^video\/(mp4|webm|ogg)$/, 'audio/$1');
  }
  if (film.kind === 'audio' && !film.hasCover) return;
  const still = found.kind === 'image';
  const poster = await makePoster(path, demuxer, still ? 'still' : film.kind, film.durationMs, folder, signal);
  if (!poster) return;
  await addPictures(found, poster);
  // What was drawn of a still is as large as a preview at most.
  if (still) Object.assign(found, { width, height });
}

/** Thumbnail and preview of a picture that a program made. @returns its size in pixels */
async function addPictures(found: Inspection, path: string): Promise<{ width: number; height: number }> {
  const { width, height, thumbnail, thumbhash } = await askDecoder('picture', { path });
  Object.assign(found, { thumbnail, thumbhash, preview: await askDecoder('preview', { path }) });
  if (found.kind === 'image') Object.assign(found, { width, height });
  return { width, height };
}

async function saveBounded(original: OpenedOriginal, path: string, most = mostPictureBytes): Promise<void> {
  if (original.size > most)
    throw new FileProblem(`It is larger than the ${most / 2 ** 20} MB that are read for a picture.`);

  await original.saveWhole(path);
}

async function requireTool(name: string): Promise<void> {
  if (!(await foundTools()).has(name))
    throw new FileProblem(`A picture of it needs ${name}, which the server does not have.`);
}
