import { db } from '#lib/db.ts';

/** A page that slept longer than this reloads its listing instead (lib/assets/wait-for-changes.ts). */
const keepMinutes = 60;

export async function run(): Promise<void> {
  await db().$executeRaw`DELETE FROM "Change" WHERE "at" < now() - make_interval(mins => ${keepMinutes}::int)`;
}
