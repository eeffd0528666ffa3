import * as z from 'zod';
import { cameraName, cleanText, type MediaFacts, possiblePlace, possibleTime } from './media-facts.ts';
import { withoutUndefined } from './plan-exif.ts';

const tags = z.record(z.string(), z.string()).default({});
const stream = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  avg_frame_rate: z.string().optional(),
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).default([]),
  tags,
});
/** What `ffprobe -show_format -show_streams -of json` prints, as far as we look. */
export const probeReport = z.object({
  format: z.object({ duration: z.string().optional(), tags }).default({ tags: {} }),
  streams: z.array(stream).default([]),
});

export type FilmPlan = {
  kind: 'video' | 'audio' | null;
  /** As it is shown: a phone held upright writes a lying film and a turn. */
  width: number | null;
  height: number | null;
  durationMs: number | null;
  /** Index among the video streams of the picture on a record. */
  hasCover: boolean;
  facts: MediaFacts;
};

/** A film or song in our words, from what ffprobe printed. */
export function planFilm(report: z.output<typeof probeReport>, now = new Date()): FilmPlan {
  const isCover = (each: z.output<typeof stream>) => each.disposition?.attached_pic === 1;
  const video = report.streams.find((each) => each.codec_type === 'video' && !isCover(each));
  const audio = report.streams.find((each) => each.codec_type === 'audio');
  const seconds = Number(report.format.duration);
  const turned =
    Math.abs(video?.side_data_list.find((each) => each.rotation !== undefined)?.rotation ?? 0) % 180 === 90;
  const size = [video?.width ?? null, video?.height ?? null] as const;
  const all = lowerCase({ ...video?.tags, ...audio?.tags, ...report.format.tags });
  return {
    kind: video ? 'video' : audio ? 'audio' : null,
    width: turned ? size[1] : size[0],
    height: turned ? size[0] : size[1],
    durationMs: Number.isFinite(seconds) && seconds > 0 && seconds < 1e7 ? Math.round(seconds * 1000) : null,
    hasCover: report.streams.some((each) => each.codec_type === 'video' && isCover(each)),
    facts: {
      takenAt: possibleTime(new Date(all['com.apple.quicktime.creationdate'] ?? all.creation_time ?? 'none'), now),
      camera: cameraName(
        cleanText(all['com.apple.quicktime.make'] ?? all.make),
        cleanText(all['com.apple.quicktime.model'] ?? all.model),
      ),
      ...placeOf(all['com.apple.quicktime.location.iso6709'] ?? all.location),
      details: withoutUndefined({
        videoCodec: cleanText(video?.codec_name),
        audioCodec: cleanText(audio?.codec_name),
        frameRate: frameRate(video?.avg_frame_rate),
        title: cleanText(all.title),
        artist: cleanText(all.artist),
        album: cleanText(all.album),
        copyright: cleanText(all.copyright),
      }),
    },
  };
}

const lowerCase = (given: Record<string, string>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));

/** "30000/1001" → 29.97 */
function frameRate(text: string | undefined): number | undefined {
  const [over, under] = (text ?? '').split('/').map(Number);
  const rate = (over ?? 0) / (under ?? 1);
  return Number.isFinite(rate) && rate > 0 && rate < 1_000 ? Math.round(rate * 100) / 100 : undefined;
}

/** "+52.5200+013.4050/" or "+52.5200+013.4050+034.000/" (ISO 6709) */
function placeOf(text: string | undefined): { latitude: number | null; longitude: number | null } {
  const parts = /^([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)/.exec(text ?? '');
  return parts ? possiblePlace(Number(parts[1]), Number(parts[2])) : { latitude: null, longitude: null };
}
