import * as z from 'zod';
import { defineEndpoint } from '#lib/http/define-endpoint.ts';
import { librarySlug } from '#lib/libraries/schema.ts';
import { eventSource, eventsTaken } from './schema.ts';

export const receiveEventsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/events/{library}',
  summary: "A store reports what happened in a library's bucket (webhook of MinIO, with the library's own token)",
  permission: 'store',
  // MinIO sends one record, AWS's shape allows several. Each is checked by itself.
  input: z.object({ library: librarySlug, Records: z.array(z.unknown()).max(1_000) }),
  output: eventsTaken,
});

export const getEventSourceEndpoint = defineEndpoint({
  method: 'GET',
  path: '/admin/libraries/{library}/events',
  summary: 'How the events of the store reach a library, and how far behind it is',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ events: eventSource }),
});

export const rotateEventTokenEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/events/token',
  summary: 'Make a new token for the webhook of a library; the one before stops working',
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ secret: z.string(), webhookUrl: z.string() }),
});

export const connectEventsEndpoint = defineEndpoint({
  method: 'POST',
  path: '/admin/libraries/{library}/events/connect',
  summary: "Add a rule to the bucket's notifications that sends its events to this server; other rules stay",
  permission: 'library-admin',
  input: z.object({ library: librarySlug }),
  output: z.object({ events: eventSource }),
});
