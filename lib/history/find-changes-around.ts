import type * as z from 'zod';
import type { Actor } from '#lib/auth/actor.ts';
import { Prisma } from '#lib/db.ts';
import { foldersBelow, isChange, readWithin } from './changes-below.ts';
import type { findChangesAroundEndpoint } from './endpoints.ts';
import { endOfBurst, longestBurst } from './plan-timeline.ts';

export type AroundInput = z.output<typeof findChangesAroundEndpoint.input>;
export type Around = z.output<typeof findChangesAroundEndpoint.output>;

/** Ms for each of the up to five reads: one probe of an index a folder. */
const probeMs = 500;
/** Times of one burst that are looked at; what is longer ends there. */
const mostTimes = 5_000;

/** It took too long: nobody can say. */
class TooMany extends Error {}

/**
 * The moments to step to from one: what stood before the last change until then, and what stood after the next one. Changes that follow
 * each other within 10 s are one. Null where there is none; `known` false where there are too many folders to tell in time.
 * @throws AppError not_found
 */
export async function findChangesAround(actor: Actor, input: AroundInput): Promise<Around> {
  const { folders } = await foldersBelow(actor, input);
  const at = new Date(input.at);
  try {
    const [earlier, later] = await Promise.all([findEarlier(folders, at), findLater(folders, at)]);
    return { known: true, earlier: earlier?.toISOString() ?? null, later: later?.toISOString() ?? null };
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    return { known: false, earlier: null, later: null };
  }
}

/** The end of the change before the one that made what stood at `at`. */
async function findEarlier(folders: Prisma.Sql, at: Date): Promise<Date | null> {
  const last = await probe(folders, Prisma.sql`v."validFrom" <= ${at}`, 'DESC');
  if (last === null) return null;
  const since = new Date(last.getTime() - longestBurst);
  const times = await readTimes(folders, Prisma.sql`v."validFrom" BETWEEN ${since} AND ${last}`, Prisma.sql`DESC`);
  return probe(folders, Prisma.sql`v."validFrom" < ${new Date(endOfBurst(times))}`, 'DESC');
}

/** The end of the next change. */
async function findLater(folders: Prisma.Sql, at: Date): Promise<Date | null> {
  const next = await probe(folders, Prisma.sql`v."validFrom" > ${at}`, 'ASC');
  if (next === null) return null;
  const until = new Date(next.getTime() + longestBurst);
  const times = await readTimes(folders, Prisma.sql`v."validFrom" BETWEEN ${next} AND ${until}`, Prisma.sql`ASC`);
  return new Date(endOfBurst(times));
}

/** The time of the nearest change in all folders: one probe of the index (folderId, validFrom, validTo) each. */
async function probe(folders: Prisma.Sql, within: Prisma.Sql, way: 'ASC' | 'DESC'): Promise<Date | null> {
  const [order, best] = way === 'ASC' ? [Prisma.sql`ASC`, Prisma.sql`min`] : [Prisma.sql`DESC`, Prisma.sql`max`];
  const rows = await readWithin<{ at: Date | null }>(
    probeMs,
    Prisma.sql`
      SELECT ${best}(o."validFrom") AS "at" FROM "Folder" f
      CROSS JOIN LATERAL (
        SELECT v."validFrom" FROM "Version" v WHERE v."folderId" = f."id" AND ${within} AND ${isChange}
        ORDER BY v."validFrom" ${order} LIMIT 1
      ) o WHERE ${folders}`,
  );
  if (rows === null) throw new TooMany();
  return rows[0]?.at ?? null;
}

async function readTimes(folders: Prisma.Sql, within: Prisma.Sql, order: Prisma.Sql): Promise<number[]> {
  const rows = await readWithin<{ at: Date }>(
    probeMs,
    Prisma.sql`
      SELECT DISTINCT v."validFrom" AS "at" FROM "Folder" f JOIN "Version" v ON v."folderId" = f."id"
      WHERE ${folders} AND ${within} AND ${isChange} ORDER BY 1 ${order} LIMIT ${mostTimes}`,
  );
  if (rows === null) throw new TooMany();
  return rows.map(({ at }) => at.getTime());
}
