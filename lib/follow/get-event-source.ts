import { requireLibraryAdmin } from '#lib/auth/access.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { type LibraryContext, requireLibrary } from '#lib/libraries/require-library.ts';
import { planFeed } from './plan-feed.ts';
import { readFeedNow } from './read-feed.ts';
import type { EventSource } from './schema.ts';

/** How the events of the store reach a library, for its admins. @throws AppError not_found, forbidden */
export async function getEventSource(actor: Actor, input: { library: string }): Promise<{ events: EventSource }> {
  const library = await requireLibrary(actor, input.library);
  requireLibraryAdmin(actor, library.id);
  return { events: await readEventSource(library) };
}

export async function readEventSource(library: LibraryContext): Promise<EventSource> {
  const [feed, token] = await Promise.all([
    readFeedNow(library.id),
    db().eventToken.findUnique({ where: { libraryId_name: { libraryId: library.id, name: 'admin' } } }),
  ]);
  return {
    source: feed?.source ?? null,
    connected: feed?.connected ?? false,
    canConnect: env().S3_EVENTS_ARN.length > 0,
    queue: env().S3_EVENTS_QUEUE_URL !== undefined,
    webhookUrl: webhookUrl(library.slug),
    token: token ? { hint: token.hint, createdAt: token.createdAt.toISOString() } : null,
    lastEventAt: feed?.lastEventAt?.toISOString() ?? null,
    lagSeconds: planFeed(feed, new Date()).lagSeconds,
    waiting: feed?.waiting ?? 0,
    received: feed?.received ?? 0,
    known: feed?.known ?? 0,
  };
}

/** Where a store reports what happened in a library. */
export function webhookUrl(slug: string): string {
  return `${env().APP_URL}/api/v1/events/${slug}`;
}
