import { db } from '#lib/db.ts';

/**
 * A ticket says when a look at the store began. Taken BEFORE the look: a listing with a newer ticket was begun later
 * and so knows at least as much, and one with an older ticket is dropped (DESIGN section 5, syncKey).
 */
export async function takeTicket(): Promise<bigint> {
  const rows = await db().$queryRaw<{ ticket: bigint }[]>`SELECT nextval('sync_ticket') AS ticket`;
  return rows[0]?.ticket as bigint;
}
