import { db } from '#lib/db.ts';
import { type FollowGauge, followGauges, readFollowGauges } from '#lib/follow/read-follow-gauges.ts';
import { defineGauge } from './registry.ts';

/** How far the index of each library may be behind its bucket. */
export function defineIndexGauges(): void {
  defineGauge({
    name: 'strata_index_age_seconds',
    help: 'Time since the whole bucket of a library was last compared with its index; -1 when that never happened.',
    labelNames: ['library'],
    async read(set) {
      const rows = await db().$queryRaw<{ slug: string; age: number | null }[]>`
        SELECT "slug", extract(epoch FROM now() - "indexedAt")::float8 AS "age" FROM "Library"
        WHERE "removedAt" IS NULL`;
      for (const { slug, age } of rows) set(age ?? -1, { library: slug });
    },
  });
  defineGauge({
    name: 'strata_guardrails_failing',
    help: 'Guardrails of a library that failed at the last look.',
    labelNames: ['library'],
    async read(set) {
      const rows = await db().library.findMany({
        where: { removedAt: null },
        select: { slug: true, failingGuardrails: true },
      });
      for (const { slug, failingGuardrails } of rows) set(failingGuardrails, { library: slug });
    },
  });
  for (const name of Object.keys(followGauges) as FollowGauge[]) {
    defineGauge({
      name,
      help: followGauges[name],
      labelNames: ['library'],
      async read(set) {
        for (const gauge of await readFollowGauges()) if (gauge.name === name) set(gauge.value, gauge.labels);
      },
    });
  }
}
