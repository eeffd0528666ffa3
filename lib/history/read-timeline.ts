import type * as z from 'zod';
import { requireZone } from '#lib/assets/require-zone.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db, Prisma } from '#lib/db.ts';
import { foldersBelow, isChange, readWithin } from './changes-below.ts';
import type { readTimelineEndpoint } from './endpoints.ts';
import { planStep, type TimelineStep } from './plan-timeline.ts';

export type TimelineInput = z.output<typeof readTimelineEndpoint.input>;
export type Timeline = z.output<typeof readTimelineEndpoint.output>;

/** Ms for counting every change. What takes longer is told from a sample of so many rows, which is read in a fraction of that. */
const exactMs = 800;
const sampleRows = 200_000;

type Bar = { from: Date; until: Date; changes: bigint; deleted: bigint; added: bigint };

/**
 * When how much changed below a folder, in bars as wide as the span needs, from the first change to now. Reads versions by folder and
 * time; where these are too many to be counted in 0.8 s, a sample of the table tells the shape and `exact` is false.
 * @param input.zone IANA name of the time zone in which days begin; an unknown one counts as UTC
 * @throws AppError not_found
 */
export async function readTimeline(actor: Actor, input: TimelineInput): Promise<Timeline> {
  const { path, folders } = await foldersBelow(actor, input);
  const zone = await requireZone(input.zone);
  const to = input.to === undefined ? new Date() : new Date(input.to);
  const first = input.from === undefined ? await readFirst(folders) : new Date(input.from);
  if (first === null || first > to)
    return { path, from: null, to: to.toISOString(), step: '1 day', bars: [], exact: true };
  const step = planStep(to.getTime() - first.getTime(), input.bars);
  const span = { folders, first, to, step, zone };
  const counted = await readWithin<Bar>(exactMs, barsOf(span, Prisma.sql`"Version" v`));
  const { rows, share } = counted === null ? await readSample(span) : { rows: counted, share: 1 };
  const estimate = (count: bigint) => Math.round(Number(count) / share);
  return {
    path,
    from: first.toISOString(),
    to: to.toISOString(),
    step,
    bars: rows.map(({ from, until, changes, deleted, added }) => ({
      from: from.toISOString(),
      until: until.toISOString(),
      changes: estimate(changes),
      deleted: estimate(deleted),
      added: estimate(added),
    })),
    exact: counted !== null,
  };
}

/** One probe a folder. Where these are too many, when the folders were first seen, which may be a little later. */
async function readFirst(folders: Prisma.Sql): Promise<Date | null> {
  const probed = await readWithin<{ first: Date | null }>(
    exactMs,
    Prisma.sql`
      SELECT min(o."validFrom") AS "first" FROM "Folder" f
      CROSS JOIN LATERAL (SELECT v."validFrom" FROM "Version" v WHERE v."folderId" = f."id" ORDER BY v."validFrom" LIMIT 1) o
      WHERE ${folders}`,
  );
  if (probed !== null) return probed[0]?.first ?? null;
  const [seen] = await db().$queryRaw<{ first: Date | null }[]>`
    SELECT min(f."firstAt") AS "first" FROM "Folder" f WHERE ${folders}`;
  return seen?.first ?? null;
}

type Span = { folders: Prisma.Sql; first: Date; to: Date; step: TimelineStep; zone: string };

function barsOf({ folders, first, to, step, zone }: Span, versions: Prisma.Sql): Prisma.Sql {
  const local = Prisma.sql`(v."validFrom" AT TIME ZONE ${zone})`;
  const [, unit = 'day'] = step.split(' ');
  // Postgres bins by a fixed width only; days and longer follow the calendar.
  const bin = /second|minute|hour/.test(unit)
    ? Prisma.sql`date_bin(${step}::interval, ${local}, timestamp '2001-01-01')`
    : Prisma.sql`date_trunc(${unit}, ${local})`;
  return Prisma.sql`
    SELECT b."bin" AT TIME ZONE ${zone} AS "from", (b."bin" + ${step}::interval) AT TIME ZONE ${zone} AS "until", b."changes", b."deleted", b."added"
    FROM (
      SELECT ${bin} AS "bin", count(*) AS "changes", count(*) FILTER (WHERE v."isDeleteMarker") AS "deleted",
             count(*) FILTER (WHERE v."seq" = 1 AND NOT v."isDeleteMarker") AS "added"
      FROM ${versions} JOIN "Folder" f ON f."id" = v."folderId"
      WHERE ${folders} AND ${isChange} AND v."validFrom" >= ${first} AND v."validFrom" <= ${to}
      GROUP BY 1
    ) b ORDER BY b."bin"`;
}

/** The same from some pages of the table, and which share of it they are. Nothing where even that takes too long. */
async function readSample(span: Span): Promise<{ rows: Bar[]; share: number }> {
  const [table] = await db().$queryRaw<{ rows: number }[]>`
    SELECT "reltuples"::float8 AS "rows" FROM pg_class WHERE "oid" = '"Version"'::regclass`;
  const share = Math.min(1, sampleRows / Math.max(1, table?.rows ?? 1));
  const sample = Prisma.sql`"Version" v TABLESAMPLE SYSTEM (${share * 100}::float4) REPEATABLE (1)`;
  return { rows: (await readWithin<Bar>(exactMs, barsOf(span, sample))) ?? [], share };
}
