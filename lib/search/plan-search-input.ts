import type * as z from 'zod';
import type { AssetKind, EntrySort } from '#lib/assets/schema.ts';
import { type DaySpan, parseDateSpan } from './date-span.ts';
import type { searchAssetsEndpoint } from './endpoints.ts';
import { parseSizeSpan } from './size-span.ts';

/** What an address says about a search, in the words of people: "last week", "1MB..10MB". `q` null: there is none. */
export type SearchAddress = {
  q: string | null;
  in: 'everywhere' | null;
  kind: AssetKind | null;
  uploaded: string | null;
  taken: string | null;
  size: string | null;
  person: string | null;
  tag: string | null;
  class: string | null;
};
/** Also for code that must not carry the schemas to the browser's first load. */
export const assetKinds = [
  'image',
  'video',
  'audio',
  'document',
  'text',
  'archive',
  'other',
] as const satisfies AssetKind[];
export const searchFilters = ['kind', 'taken', 'uploaded', 'size', 'person', 'tag', 'class'] as const;
export type SearchFilter = (typeof searchFilters)[number];

type Input = z.input<typeof searchAssetsEndpoint.input>;

/** Whether anything is sought: an open field with nothing in it is none yet. */
export function isAsked(address: SearchAddress): boolean {
  return address.q !== null && (address.q.trim() !== '' || searchFilters.some((filter) => address[filter] !== null));
}

/** The call that an address means. What it cannot mean (an old or mistyped link) is left out, as if it were not set. */
export function planSearchInput(
  address: SearchAddress,
  place: { library: string; folder: string; sort: EntrySort },
  now: Date,
): Input {
  const uploaded = address.uploaded === null ? null : parseDateSpan(address.uploaded, now);
  const taken = address.taken === null ? null : parseDateSpan(address.taken, now);
  const size = address.size === null ? null : parseSizeSpan(address.size);
  const set = (values: Record<string, string | number | null | undefined>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
  return {
    library: place.library,
    q: address.q?.trim().slice(0, 200) ?? '',
    path: address.in === 'everywhere' ? '' : place.folder,
    sort: place.sort,
    ...set({
      kind: address.kind,
      from: localInstant(uploaded?.from),
      to: localInstant(uploaded?.to),
      takenFrom: wallClock(taken?.from),
      takenTo: wallClock(taken?.to),
      minSize: size?.min,
      maxSize: size?.max,
      person: address.person && /^[1-9]\d{0,17}$/.test(address.person) ? address.person : null,
      tag: address.tag,
      storageClass: address.class && /^[A-Z][A-Z_]{0,31}$/.test(address.class) ? address.class : null,
    }),
  };
}

type Edge = DaySpan['from'] | undefined;

/** A day of the person who looks: uploads have a moment. */
function localInstant(day: Edge): string | null {
  if (!day) return null;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toISOString();
}

/** A day of the camera: most write no zone, and their clock is kept as if it were UTC. */
const wallClock = (day: Edge) => (day ? `${day}T00:00:00Z` : null);
