import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { isoTime, librarySlug } from '#lib/libraries/schema.ts';
import { changesAround, countsAt, timeline } from './schema.ts';

export const countEntriesAtEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/entries/counts',
  summary: 'What stood in a folder and its folders at a moment, in numbers, and how much of it is different now',
  permission: 'viewer',
  input: z.object({
    library: librarySlug,
    path: z.string().default(''),
    at: isoTime.default(() => new Date().toISOString()),
  }),
  output: countsAt,
});

const place = { library: librarySlug, path: z.string().max(4096).default('') };

export const readTimelineEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/timeline',
  summary: 'When how much changed below a folder, in bars of five seconds to a year, from its first change to now',
  permission: 'viewer',
  input: z.object({
    ...place,
    /** Only of this span. */
    from: isoTime.optional(),
    to: isoTime.optional(),
    /** At most so many bars, one or two more where they are cut by the calendar. */
    bars: z.coerce.number().int().min(8).max(200).default(60),
    /** IANA name of the time zone in which days begin. */
    zone: z.string().max(64).default('UTC'),
  }),
  output: timeline,
});

export const findChangesAroundEndpoint = defineEndpoint({
  method: 'GET',
  path: '/libraries/{library}/timeline/around',
  summary:
    'The moments before the last change and after the next one, seen from a moment; what follows within 10 s is one change',
  permission: 'viewer',
  input: z.object({ ...place, at: isoTime }),
  output: changesAround,
});
