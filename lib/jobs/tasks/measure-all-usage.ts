import { requestMeasure } from '#lib/cost/request-measure.ts';
import { db } from '#lib/db.ts';

export async function run(): Promise<void> {
  for (const { id } of await db().library.findMany({ where: { removedAt: null }, select: { id: true } }))
    await requestMeasure(db(), id);
}
