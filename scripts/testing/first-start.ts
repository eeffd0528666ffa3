/**
 * A process of its own, so that it reads another environment than the tests: set-up as `npm start` runs it (scripts/setup.ts), then
 * the first admin looks at that library and asks to upload one small file. Prints two lines of JSON, the set-up's and its own.
 */
import '#scripts/setup.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { listLibraries } from '#lib/libraries/list-libraries.ts';
import { crc64nvme } from '#lib/storage/crc64nvme.ts';
import { startUploads } from '#lib/uploads/start-uploads.ts';

if (process.exitCode) process.exit();
const { user, userId, libraryId, prefix, role } = await db().grant.findFirstOrThrow({
  where: { prefix: '', role: 'admin', library: { bucket: env().S3_BUCKET } },
  include: { user: true },
});
const { name, email } = user;
const actor: Actor = { userId, name, email, via: 'session', sessionId: null, grants: [{ libraryId, prefix, role }] };
const [library] = (await listLibraries(actor)).libraries;
if (!library) throw new Error('The set-up made no library.');

const file = {
  path: 'a.jpg',
  size: 1,
  contentType: 'image/jpeg',
  crc64nvme: await crc64nvme('x'),
  ifExists: 'fail' as const,
};
const answer = await startUploads(actor, { library: library.slug, files: [file] }).catch((error: unknown) => {
  if (error instanceof AppError) return { refused: error.code, detail: error.detail };
  throw error;
});
const reserved = await db().upload.count({ where: { libraryId } });
console.log(JSON.stringify({ reason: library.uploadsRefusedReason, answer, reserved }));
await closeDb();
