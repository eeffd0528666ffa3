'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarDays } from 'lucide-react';
import { createElement } from 'react';
import type { MenuEntry } from '#components/ui/menu-items.ts';
import { api } from '#lib/http/api-client.ts';
import { nameOfClass } from '#lib/lifecycle/storage-classes.ts';
import { assetKinds, type SearchFilter, searchFilters } from '#lib/search/plan-search-input.ts';
import type { SearchFacets } from '#lib/search/schema.ts';
import { dateChoices, filterNames, kindNames, sizeChoices, sizeName } from './filter-words.ts';
import type { SearchUrl } from './use-search-url.ts';

export type DateFilter = 'taken' | 'uploaded';
/** One filter as chip and sheet draw it: what is set, in words, and the menu that sets it. */
export type Filter = { id: SearchFilter; name: string; set: string | null; menu: () => MenuEntry[]; clear: () => void };

const any = '';

/**
 * The filters that have something to choose from, in their order.
 * @param askDates opens the question for other days than those of the menu
 */
export function useFilters(library: string, url: SearchUrl, askDates: (filter: DateFilter) => void): Filter[] {
  const open = url.address.q !== null;
  const { data: facets } = useQuery({
    queryKey: ['search-facets', library],
    queryFn: ({ signal }) => api('GET /libraries/{library}/search/facets', { library }, { signal }),
    enabled: open,
    staleTime: 30_000,
  });
  return searchFilters
    .filter((id) => url.address[id] !== null || hasChoices(id, facets))
    .map((id) => ({
      id,
      name: filterNames[id],
      set: wordsOf(id, url.address[id], facets),
      menu: () => menuOf(id, url, facets, askDates),
      clear: () => url.setFilter(id, null),
    }));
}

/** A filter that could only answer "all" or "nothing" is left out. */
function hasChoices(id: SearchFilter, facets: SearchFacets | undefined): boolean {
  if (id === 'tag') return (facets?.tags.length ?? 0) > 0;
  if (id === 'person') return (facets?.people.length ?? 0) > 0;
  if (id === 'class') return (facets?.storageClasses.length ?? 0) > 1;
  return true;
}

function wordsOf(id: SearchFilter, value: string | null, facets: SearchFacets | undefined): string | null {
  if (value === null) return null;
  if (id === 'kind') return kindNames[value as keyof typeof kindNames] ?? value;
  if (id === 'size') return sizeName(value);
  if (id === 'person') return facets?.people.find((person) => person.id === value)?.name ?? 'Somebody';
  if (id === 'class') return nameOfClass(value);
  if (id === 'tag') return value;
  return capital(value);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function menuOf(
  id: SearchFilter,
  url: SearchUrl,
  facets: SearchFacets | undefined,
  askDates: (filter: DateFilter) => void,
): MenuEntry[] {
  const value = url.address[id] ?? any;
  const choice = (options: { value: string; label: string }[]): MenuEntry => ({
    kind: 'choice',
    id,
    label: filterNames[id],
    value,
    // What a link set and the menu does not list stays choosable.
    options: [
      { value: any, label: 'Any' },
      ...options,
      ...(value !== any && !options.some((option) => option.value === value)
        ? [{ value, label: wordsOf(id, value, facets) ?? value }]
        : []),
    ],
    onChange: (next) => url.setFilter(id, next === any ? null : next),
  });
  switch (id) {
    case 'kind':
      return [choice(assetKinds.map((kind) => ({ value: kind, label: kindNames[kind] })))];
    case 'size':
      return [choice([...sizeChoices])];
    case 'person':
      return [choice((facets?.people ?? []).map((person) => ({ value: person.id, label: person.name })))];
    case 'tag':
      return [choice((facets?.tags ?? []).map((tag) => ({ value: tag.name, label: tag.name })))];
    case 'class':
      return [choice((facets?.storageClasses ?? []).map((name) => ({ value: name, label: nameOfClass(name) })))];
    default:
      return [
        choice(dateChoices.map((words) => ({ value: words, label: capital(words) }))),
        { kind: 'line' },
        { id: 'other', label: 'Other days', icon: createElement(CalendarDays), onSelect: () => askDates(id) },
      ];
  }
}
