import { maxKeyBytes, nameOf, type PathLimits, parentFolder } from '#lib/libraries/path-rules.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Tried before giving up: beyond it somebody fills a folder on purpose. */
const lastNumber = 99_999;
const widestSuffix = bytesOf(` (${lastNumber})`);
/** An "extension" longer than this is part of a sentence: "Mr. Smith goes to Washington". */
const longestExtension = 16;

type Pieces = { folder: string; stem: string; extension: string; next: number };

/** "a/photo (2).tar.gz" → folder "a/", stem "photo", extension ".tar.gz", next number 3. */
function takeApart(path: string): Pieces {
  const folder = parentFolder(path);
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  // A leading dot is a hidden file's, not an extension.
  let cut = dot > 0 && name.length - dot <= longestExtension ? dot : name.length;
  if (cut > 4 && name.slice(0, cut).toLowerCase().endsWith('.tar')) cut -= 4;
  const numbered = /^(.+) \((\d{1,5})\)$/su.exec(name.slice(0, cut));
  return {
    folder,
    stem: numbered?.[1] ?? name.slice(0, cut),
    extension: name.slice(cut),
    next: numbered ? Number(numbered[2]) + 1 : 2,
  };
}

/** Bytes that are left for the stem beside a suffix of `suffixBytes`. */
function roomForStem({ folder, extension }: Pieces, limits: PathLimits, suffixBytes: number): number {
  const inKey = maxKeyBytes - bytesOf(limits.rootPrefix + folder);
  const inName = limits.maxSegmentBytes === null ? inKey : Math.min(inKey, limits.maxSegmentBytes);
  return inName - bytesOf(extension) - suffixBytes;
}

/** Cut between what people see as characters, so that no emoji is torn. */
function shorten(stem: string, room: number): string {
  if (bytesOf(stem) <= room) return stem;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(stem)) {
    used += bytesOf(segment);
    if (used > room) break;
    kept += segment;
  }
  return kept.trimEnd();
}

/** What every path that `chooseFreePath` may try begins with: the range in which to look for names that are taken. */
export function candidatePrefix(path: string, limits: PathLimits): string {
  const pieces = takeApart(path);
  const room = roomForStem(pieces, limits, widestSuffix);
  const short = shorten(pieces.stem, room);
  return pieces.folder + (short === pieces.stem ? `${short} (` : short);
}

/**
 * The next free name beside one that is taken: "photo (2).jpg", after "photo (2).jpg" "photo (3).jpg". The extension is kept, a
 * long stem gives way to the limits of the store. Null when there is no room or no free number.
 */
export function chooseFreePath(path: string, isTaken: (path: string) => boolean, limits: PathLimits): string | null {
  const pieces = takeApart(path);
  for (let number = pieces.next; number <= lastNumber; number++) {
    const suffix = ` (${number})`;
    const stem = shorten(pieces.stem, roomForStem(pieces, limits, bytesOf(suffix)));
    if (stem === '') return null;
    const candidate = pieces.folder + stem + suffix + pieces.extension;
    if (!isTaken(candidate)) return candidate;
  }
  return null;
}
