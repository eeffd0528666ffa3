import type { MediaDetails } from './schema.ts';

/** What a camera wrote into a file. */
export type MediaFacts = {
  takenAt: Date | null;
  camera: string | null;
  latitude: number | null;
  longitude: number | null;
  details: MediaDetails;
};

export const noFacts = (): MediaFacts => ({
  takenAt: null,
  camera: null,
  latitude: null,
  longitude: null,
  details: {},
});

/** Characters of one fact: a tag can hold megabytes. */
const mostCharacters = 300;

/** Text out of a file: without control characters and padding, bounded; undefined when nothing is left. */
export function cleanText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
    .slice(0, mostCharacters);
  return text === '' ? undefined : text;
}

/** "NIKON CORPORATION" + "NIKON D750" → "NIKON D750": most makers repeat their name in the model. */
export function cameraName(make: string | undefined, model: string | undefined): string | null {
  if (!model) return make ?? null;
  const first = make?.split(/[\s,]/)[0];
  return first && !model.toLowerCase().startsWith(first.toLowerCase()) ? `${make} ${model}` : model;
}

/**
 * A time that is possible: cameras whose clock was never set say 0000, 1970 or 1904 (QuickTime counts from there).
 * @returns null for those, and for times more than a day ahead
 */
export function possibleTime(time: Date, now = new Date()): Date | null {
  const value = time.getTime();
  if (Number.isNaN(value) || time.getUTCFullYear() < 1971 || value > now.getTime() + 86_400_000) return null;
  return time;
}

/** Both or neither, on the globe; exactly 0, 0 is what devices without a fix write. */
export function possiblePlace(
  latitude: number | undefined,
  longitude: number | undefined,
): { latitude: number | null; longitude: number | null } {
  const fits =
    latitude !== undefined &&
    longitude !== undefined &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180 &&
    !(latitude === 0 && longitude === 0);
  return fits ? { latitude, longitude } : { latitude: null, longitude: null };
}

/** What search looks through, besides name and tags. */
export function searchTextOf(facts: MediaFacts): string {
  const { camera, details } = facts;
  return [camera, details.lens, details.artist, details.title, details.album, details.description]
    .filter(Boolean)
    .join(' ');
}
