// The geometry of the layers: pure, so that list rows and the drawn column agree to the pixel.

/** Hours that a version was current give its height, in px. */
const SHORTEST = 48;
const TALLEST = 76;
const CURRENT = 60;
const MARKER = 32;
const MORE = 28;
/** Above this many versions only the newest few are drawn, and one band stands for the rest. */
const DRAWN_IN_FULL = 12;
const DRAWN_OF_MANY = 8;

export interface CoreVersion {
  id: string;
  isDeleteMarker: boolean;
  /** When it became, and ceased to be, the newest (RFC 3339). The newest has no end. */
  validFrom: string;
  validTo: string | null;
  /** Of this very version; null while there is none, or where the kind has none. */
  thumbnailUrl?: string | null;
}

export interface CoreRow {
  kind: 'version' | 'marker' | 'more';
  id: string;
  /** Of the band and of the list row beside it, in px. */
  height: number;
  /** 1 is the current version; 2 to 6 lie under it. */
  depth: number;
  /** How much of the depth colour covers the picture, 0 to 0.58. */
  tint: number;
  thumbnailUrl: string | null;
  /** For `more`: how many versions it stands for. */
  count: number;
}

/** The bands from newest to oldest. The list beside the core has one row each, of the same height. */
export function planCore(
  versions: readonly CoreVersion[],
  { phone = false, open = false, now = Date.now() }: { phone?: boolean; open?: boolean; now?: number } = {},
): CoreRow[] {
  const folded = !open && versions.length > DRAWN_IN_FULL;
  const drawn = folded ? versions.slice(0, DRAWN_OF_MANY) : versions;
  let depth = versions[0]?.isDeleteMarker ? 1 : 0;
  const rows: CoreRow[] = drawn.map((version, i) => {
    if (!version.isDeleteMarker) depth += 1;
    const current = i === 0 && !version.isDeleteMarker;
    return {
      kind: version.isDeleteMarker ? 'marker' : 'version',
      id: version.id,
      height: bandHeight(version, { current, phone, now }),
      depth: Math.min(6, Math.max(1, depth)),
      tint: current || version.isDeleteMarker ? 0 : Math.min(0.58, 0.34 + 0.06 * Math.max(0, i - 1)),
      thumbnailUrl: version.isDeleteMarker ? null : (version.thumbnailUrl ?? null),
      count: 1,
    };
  });
  if (folded)
    rows.push({
      kind: 'more',
      id: 'more',
      height: MORE + (phone ? 16 : 0),
      depth: 6,
      tint: 0,
      thumbnailUrl: null,
      count: versions.length - drawn.length,
    });
  return rows;
}

/** `clamp(48, 36 + 7 log10(hours), 76)` px; the current one 60, a marker 32; on a phone 12 more (a marker 8). */
export function bandHeight(
  version: Pick<CoreVersion, 'isDeleteMarker' | 'validFrom' | 'validTo'>,
  { current, phone, now }: { current: boolean; phone: boolean; now: number },
): number {
  if (version.isDeleteMarker) return MARKER + (phone ? 8 : 0);
  const extra = phone ? 12 : 0;
  if (current) return CURRENT + extra;
  const end = version.validTo === null ? now : Date.parse(version.validTo);
  const hours = Math.max(0, end - Date.parse(version.validFrom)) / 3_600_000;
  const height = hours > 0 ? 36 + 7 * Math.log10(hours) : SHORTEST;
  return Math.round(Math.min(TALLEST, Math.max(SHORTEST, height))) + extra;
}

/** A number from 0 to 2 pi that is always the same for one id. */
export function phaseOf(id: string): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16_777_619) >>> 0;
  return (hash / 2 ** 32) * 2 * Math.PI;
}

const SEGMENTS = 4;

/** The contact line between two bands, as an SVG path without its end: a wave of 2.6 px in 4 cubic segments, exact in value and slope at the joints. */
export function contactLine(y0: number, width: number, phase: number): string {
  const at = (x: number) => {
    const t = (2 * Math.PI * x) / width;
    return y0 + 2.6 * Math.sin(0.9 * t + phase) + 0.9 * Math.sin(2.15 * t + 1.7 * phase);
  };
  const slope = (x: number) => {
    const t = (2 * Math.PI * x) / width;
    return (
      ((2 * Math.PI) / width) * (2.6 * 0.9 * Math.cos(0.9 * t + phase) + 0.9 * 2.15 * Math.cos(2.15 * t + 1.7 * phase))
    );
  };
  const n = (value: number) => value.toFixed(1);
  const step = width / SEGMENTS;
  let path = `M0 ${n(at(0))}`;
  for (let i = 0; i < SEGMENTS; i++) {
    const a = i * step;
    const b = a + step;
    path += ` C${n(a + step / 3)} ${n(at(a) + (slope(a) * step) / 3)} ${n(b - step / 3)} ${n(at(b) - (slope(b) * step) / 3)} ${n(b)} ${n(at(b))}`;
  }
  return path;
}
