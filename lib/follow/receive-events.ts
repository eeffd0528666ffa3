import type * as z from 'zod';
import { hashTokenSecret } from '#lib/auth/secrets.ts';
import { db } from '#lib/db.ts';
import { AppError } from '#lib/errors.ts';
import { log } from '#lib/log.ts';
import type { receiveEventsEndpoint } from './endpoints.ts';
import { gatherEvents } from './gather-events.ts';
import { parseRecords } from './parse-events.ts';

/**
 * What a store reports by webhook. The secret is that of the library in the address, and no session or API token of a person.
 * One target of a store may serve all its buckets: an event makes Strata look at the store and believe nothing else, so events of the
 * store's other libraries are taken as well.
 * Records that cannot be read are logged and accepted, since the store would send a refused batch for ever.
 * @throws AppError unauthenticated, the same for an unknown library and a wrong secret
 */
export async function receiveEvents(
  secret: string | null,
  input: z.output<typeof receiveEventsEndpoint.input>,
): Promise<z.input<typeof receiveEventsEndpoint.output>> {
  const secretHash = hashTokenSecret(secret ?? '');
  const sender = {
    name: `${input.library} ${Buffer.from(secretHash).toString('base64')}`,
    findStore: () => findStore(input.library, secretHash),
  };
  const { events, ignored, unreadable } = parseRecords(input.Records);
  const taken = await gatherEvents(sender, events);
  for (const reason of unreadable)
    log().warn({ library: input.library, reason }, 'an event of the store was not understood');
  return { ...taken, ignored: taken.ignored + ignored + unreadable.length };
}

async function findStore(slug: string, secretHash: ReturnType<typeof hashTokenSecret>): Promise<bigint> {
  const library = await db().library.findFirst({
    where: { slug, eventTokens: { some: { secretHash } } },
    select: { storeId: true },
  });
  if (!library) throw new AppError('unauthenticated', 'The token is not that of this library.');
  return library.storeId;
}
