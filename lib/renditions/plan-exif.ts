import { cameraName, cleanText, type MediaFacts, possiblePlace, possibleTime } from './media-facts.ts';

type Tag = { value?: unknown; description?: unknown };
/** Groups as ExifReader gives them with `expanded`. */
export type ExifGroups = { exif?: Record<string, Tag>; gps?: Record<string, unknown> };

/** The facts that people ask for, out of the tags of a picture. Unknown and impossible ones are left out. */
export function planExif(groups: ExifGroups, now = new Date()): MediaFacts {
  const { exif = {}, gps = {} } = groups;
  const text = (name: string) =>
    cleanText(Array.isArray(exif[name]?.value) ? exif[name]?.value.join(' ') : exif[name]?.description);
  const number = (name: string) => rational(exif[name]?.value);
  const exposure = number('ExposureTime');
  const aperture = number('FNumber');
  const focal = number('FocalLength');
  const iso = number('ISOSpeedRatings');
  const flash = exif.Flash?.value;
  const altitude = finite(gps.Altitude);
  const place = possiblePlace(finite(gps.Latitude), finite(gps.Longitude));
  return {
    takenAt: takenAt(text('DateTimeOriginal') ?? text('DateTimeDigitized'), text('OffsetTimeOriginal'), now),
    camera: cameraName(text('Make'), text('Model')),
    ...place,
    details: withoutUndefined({
      lens: text('LensModel'),
      exposure: exposure ? exposureText(exposure) : undefined,
      aperture: aperture ? `f/${round(aperture)}` : undefined,
      iso: iso && iso > 0 ? Math.round(iso) : undefined,
      focalLength: focal ? `${round(focal)} mm` : undefined,
      flash: typeof flash === 'number' ? ((flash & 1) === 1 ? 'Fired' : 'Did not fire') : undefined,
      software: text('Software'),
      artist: text('Artist'),
      copyright: text('Copyright'),
      description: text('ImageDescription'),
      altitude: altitude === undefined || place.latitude === null ? undefined : Math.round(altitude),
    }),
  };
}

/** "2019:06:30 14:03:22" with "+02:00"; without an offset it is read as UTC, so that the clock of the picture is kept. */
function takenAt(text: string | undefined, offset: string | undefined, now: Date): Date | null {
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text ?? '');
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const zone = /^[+-]\d\d:\d\d$/.test(offset ?? '') ? offset : 'Z';
  return possibleTime(new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`), now);
}

function exposureText(seconds: number): string {
  return seconds < 0.4 ? `1/${Math.round(1 / seconds)} s` : `${round(seconds)} s`;
}

/** EXIF writes fractions as two numbers. */
function rational(value: unknown): number | undefined {
  if (Array.isArray(value) && value.length === 2) return finite(Number(value[0]) / Number(value[1]));
  return finite(Array.isArray(value) ? value[0] : value);
}

const finite = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const round = (value: number) => String(Math.round(value * 10) / 10);

export function withoutUndefined<T extends object>(facts: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
