import { db } from '#lib/db.ts';
import { removeOldPlans } from '#lib/operations/remove-old-plans.ts';
import type { JobPayloads } from '../definitions.ts';
import type { TaskHelpers } from '../task-helpers.ts';

/** A listing that is older than this is under way nowhere (lib/indexing/absence.ts). */
const keepAbsenceHours = 24;
/** A page that slept longer than this reloads its listing instead (lib/assets/wait-for-changes.ts). */
const keepMinutes = 60;

/** The data flow of an upload is looked at soon or never. */
const keepCallDays = 7;

export async function run(_payload: JobPayloads['prune-changes'], { signal }: TaskHelpers): Promise<void> {
  await db().$executeRaw`DELETE FROM "Change" WHERE "at" < now() - make_interval(mins => ${keepMinutes}::int)`;
  await db().$executeRaw`DELETE FROM "UploadCall" WHERE "at" < now() - make_interval(days => ${keepCallDays}::int)`;
  await db().$executeRaw`DELETE FROM "Absence" WHERE "at" < now() - make_interval(hours => ${keepAbsenceHours}::int)`;
  await removeOldPlans(signal);
}
