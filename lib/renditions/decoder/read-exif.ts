import ExifReader from 'exifreader';
import { type MediaFacts, noFacts } from '../media-facts.ts';
import { type ExifGroups, planExif } from '../plan-exif.ts';

/** "Exif\0\0", which JPEG and WebP put before the tags. */
const exifMark = Buffer.from('Exif\0\0', 'latin1');

/**
 * The facts in a whole file, or in the tags alone as sharp gives them. Tags that cannot be read are no reason to refuse a picture:
 * cameras and editors write broken ones.
 */
export function readExif(bytes: Buffer): MediaFacts {
  const tags = bytes.subarray(0, exifMark.length).equals(exifMark) ? bytes.subarray(exifMark.length) : bytes;
  try {
    const groups = ExifReader.load(tags, { expanded: true, includeUnknown: false });
    return planExif(groups as ExifGroups);
  } catch {
    return noFacts();
  }
}
