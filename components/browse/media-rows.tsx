import type { ReactNode } from 'react';
import { formatDimensions, formatPlayTime } from '#components/ui/format.ts';
import { Time } from '#components/ui/time.tsx';
import type { AssetEntry } from '#lib/assets/schema.ts';
import type { MediaView } from '#lib/renditions/schema.ts';

type Row = [term: string, value: ReactNode];

/** What a picture, film or song says of itself, as terms and values: only what is known. */
export function mediaRows(
  asset: Pick<AssetEntry, 'kind' | 'width' | 'height' | 'durationMs'>,
  media: MediaView | null,
): Row[] {
  const details = media?.details ?? {};
  const exposure = [details.exposure, details.aperture, details.iso === undefined ? undefined : `ISO ${details.iso}`];
  const codecs = [details.videoCodec, details.audioCodec].filter(Boolean).join(', ');
  // A page of a PDF has a shape but no pixels.
  const pixels = asset.kind === 'image' || asset.kind === 'video';
  const rows: (Row | null)[] = [
    pixels && asset.width && asset.height ? ['Dimensions', formatDimensions(asset.width, asset.height)] : null,
    asset.durationMs ? ['Duration', formatPlayTime(asset.durationMs)] : null,
    details.pages ? [asset.kind === 'image' ? 'Frames' : 'Pages', details.pages.toLocaleString('en')] : null,
    media?.takenAt ? ['Taken', <Time key="taken" at={media.takenAt} capital />] : null,
    text('Title', details.title),
    text('Album', details.album),
    text('Camera', media?.camera),
    text('Lens', details.lens),
    exposure.some(Boolean) ? ['Exposure', exposure.filter(Boolean).join(', ')] : null,
    text('Focal length', details.focalLength),
    text('Flash', details.flash),
    details.frameRate ? ['Frame rate', `${details.frameRate} a second`] : null,
    codecs ? ['Codecs', codecs] : null,
    text('Artist', details.artist),
    text('Copyright', details.copyright),
    text('Description', details.description),
    place(media),
  ];
  return rows.filter((row) => row !== null);
}

const text = (term: string, value: string | null | undefined): Row | null =>
  value ? [term, <bdi key={term}>{value}</bdi>] : null;

/** Coordinates as people write them, and a link to a map: nothing is loaded from there before it is followed. */
function place(media: MediaView | null): Row | null {
  const { latitude, longitude } = media ?? {};
  if (latitude == null || longitude == null) return null;
  const at = [latitude.toFixed(5), longitude.toFixed(5)];
  const side = (value: number, plus: string, minus: string) =>
    `${Math.abs(value).toFixed(4)}° ${value < 0 ? minus : plus}`;
  return [
    'Place',
    <a
      key="place"
      href={`https://www.openstreetmap.org/?mlat=${at[0]}&mlon=${at[1]}#map=15/${at[0]}/${at[1]}`}
      target="_blank"
      rel="noreferrer"
      aria-label={`Place ${side(latitude, 'N', 'S')}, ${side(longitude, 'E', 'W')} on a map, in a new tab`}
      className="rounded-1 underline decoration-line-2 underline-offset-2 hover:decoration-current"
    >
      {side(latitude, 'N', 'S')}, {side(longitude, 'E', 'W')}
    </a>,
  ];
}
