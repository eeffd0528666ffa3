import { bandHeight } from '#components/ui/core-plan.ts';
import type { VersionView } from '#lib/versions/schema.ts';

export interface StripBand {
  version: VersionView;
  /** Its key in lists and drawings. */
  id: string;
  left: number;
  width: number;
  /** 1 is the current version; 2 to 6 lie under it. */
  depth: number;
  tint: number;
  hatched: boolean;
}

/** Room for "20 Nov, Priya Raman" cut short; a deletion says less. Px. */
const least = 128;
const leastMarker = 96;

/**
 * The core on its side, oldest at the left: how long a version was current is how wide it is. Bands share `room`; when there are more than
 * fit, each has its least and the strip scrolls.
 * @param versions newest first, as the API lists them
 */
export function planStrip(versions: readonly VersionView[], room: number, now = Date.now()): StripBand[] {
  let depth = versions[0]?.isDeleteMarker ? 1 : 0;
  const bands = versions.map((version, at) => {
    const hatched = version.isDeleteMarker || version.removedAt !== null;
    if (!version.isDeleteMarker) depth += 1;
    const current = at === 0 && !hatched;
    return {
      version,
      id: version.removedAt === null ? `v${version.versionId.replace(/[^\w.-]/g, '_')}` : `gone${at}`,
      weight: bandHeight({ ...version, isDeleteMarker: hatched }, { current, phone: false, now }),
      least: hatched ? leastMarker : least,
      depth: Math.min(6, Math.max(1, depth)),
      tint: current || hatched ? 0 : Math.min(0.58, 0.34 + 0.06 * Math.max(0, at - 1)),
      hatched,
    };
  });
  const needed = bands.reduce((sum, band) => sum + band.least, 0);
  const weight = bands.reduce((sum, band) => sum + band.weight, 0) || 1;
  const spare = Math.max(0, room - needed);
  let left = 0;
  return bands.reverse().map(({ weight: own, least: width, ...band }) => {
    const made = { ...band, left, width: Math.round(width + (spare * own) / weight) };
    left += made.width;
    return made;
  });
}
