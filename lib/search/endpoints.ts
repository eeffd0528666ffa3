import * as z from 'zod';
import { entry, indexAge } from '#lib/assets/schema.ts';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { isoTime, librarySlug } from '#lib/libraries/schema.ts';
import { searchFacets, searchQuery, searchSort, searchTotal } from './schema.ts';

export const searchAssetsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/search',
  summary:
    'Assets whose path, tags, camera or type hold all words, without case or accents, and that pass every filter; folders by name first',
  permission: 'viewer',
  input: searchQuery.extend({
    library: librarySlug,
    sort: searchSort.default('name'),
    /** Among the files of this moment, as they were then. Paths, tags and inspection are today's. */
    at: isoTime.optional(),
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.object({
    path: z.string(),
    /** On the first page up to 20 folders, where words alone are sought; then assets. */
    entries: z.array(entry),
    /** Not everything was looked at: there are more matches than one search sorts, or the index is not complete yet. */
    partial: z.boolean(),
    /** Assets found, folders not counted. */
    total: searchTotal,
    index: indexAge,
    nextCursor: z.string().nullable(),
  }),
});

export const listSearchFacetsEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/search/facets',
  summary: 'What can be filtered by: the tags, people and storage classes of what the caller may see',
  permission: 'viewer',
  input: z.object({ library: librarySlug }),
  output: searchFacets,
});
