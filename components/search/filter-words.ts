import { formatDate } from '#components/ui/format-time.ts';
import type { AssetKind } from '#lib/assets/schema.ts';
import type { DaySpan } from '#lib/search/date-span.ts';
import type { SearchFilter } from '#lib/search/plan-search-input.ts';

export const filterNames: Record<SearchFilter, string> = {
  kind: 'Kind',
  taken: 'Taken',
  uploaded: 'Uploaded',
  size: 'Size',
  person: 'Person',
  tag: 'Tag',
  class: 'Class',
};

export const kindNames: Record<AssetKind, string> = {
  image: 'Photos and images',
  video: 'Video',
  audio: 'Audio',
  document: 'Documents',
  text: 'Text',
  archive: 'Archives',
  other: 'Other files',
};

export const dateChoices = [
  'today',
  'yesterday',
  'last 7 days',
  'last week',
  'this month',
  'last month',
  'this year',
  'last year',
] as const;

export const sizeChoices: readonly { value: string; label: string }[] = [
  { value: '..1MB', label: 'Under 1 MB' },
  { value: '1MB..10MB', label: '1 to 10 MB' },
  { value: '10MB..100MB', label: '10 to 100 MB' },
  { value: '100MB..1GB', label: '100 MB to 1 GB' },
  { value: '1GB..', label: 'Over 1 GB' },
];

export const sizeName = (value: string) => sizeChoices.find((choice) => choice.value === value)?.label ?? value;

/** "16 Nov to 22 Nov", "5 Nov", "Since 1 Mar", "Until 31 Dec 2019": the days that a span means. */
export function describeSpan({ from, to }: DaySpan, now: Date): string {
  const date = (day: string, shift = 0) => {
    const [year = 0, month = 1, number = 1] = day.split('-').map(Number);
    return formatDate(new Date(year, month - 1, number + shift, 12), now);
  };
  if (from === null) return to === null ? '' : `Until ${date(to, -1)}`;
  if (to === null) return `Since ${date(from)}`;
  const first = date(from);
  const last = date(to, -1);
  return first === last ? first.charAt(0).toUpperCase() + first.slice(1) : `${first} to ${last}`;
}
