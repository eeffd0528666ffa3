import { DeleteBucketCommand, DeleteObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb, db } from '#lib/db.ts';
import { type TestFiles, testFiles } from '#scripts/testing/files.ts';
import type { TestLibrary } from '#scripts/testing/library.ts';

/**
 * A store whose keys may not remove versions: the identity `purge` is given keys that the store lets put objects and nothing else.
 * Set before anything reads the environment.
 */
vi.hoisted(() => {
  process.env.S3_PURGE_ACCESS_KEY_ID = process.env.S3_UPLOAD_ACCESS_KEY_ID;
  process.env.S3_PURGE_SECRET_ACCESS_KEY = process.env.S3_UPLOAD_SECRET_ACCESS_KEY;
});

let home: TestLibrary;
let files: TestFiles;
let person: Actor;

beforeAll(async () => {
  const { makeTestLibrary } = await import('#scripts/testing/library.ts');
  home = await makeTestLibrary();
  files = testFiles(home);
  person = await home.makeActor([{ prefix: '', role: 'admin' }], 'Jonas Weber');
});
afterAll(async () => {
  // Its rows go; the bucket may not be emptied by these keys.
  await expect(home.remove()).rejects.toMatchObject({ code: 'store_unavailable' });
  await emptyAsRoot(home.library.bucket);
  await closeDb();
});

/** The test's own way to clean up: what is under test may not. */
async function emptyAsRoot(Bucket: string): Promise<void> {
  const root = new S3Client({
    endpoint: String(process.env.S3_ENDPOINT),
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: String(process.env.MINIO_ROOT_USER),
      secretAccessKey: String(process.env.MINIO_ROOT_PASSWORD),
    },
  });
  const page = await root.send(new ListObjectVersionsCommand({ Bucket }));
  for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
    await root.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  await root.send(new DeleteBucketCommand({ Bucket }));
}

describe('without the right to remove delete markers', () => {
  it('what was trashed comes back as a copy on top, and that can be undone too', async () => {
    const { startOperation } = await import('./start-operation.ts');
    const { undoOperation } = await import('./undo-operation.ts');
    const first = await files.put('back.jpg', 'the bytes', { metadata: { camera: 'X100' } });
    const trashed = await startOperation(person, {
      library: home.library.slug,
      type: 'trash',
      selection: { paths: ['back.jpg'] },
    });
    expect(trashed.operation.state).toBe('succeeded');

    const undone = await undoOperation(person, { id: trashed.operation.id });
    expect(undone.operation).toMatchObject({ state: 'succeeded', counts: { done: 1, failed: 0 } });
    const stored = await files.stored('back.jpg');
    expect(stored.map((entry) => entry.isDeleteMarker)).toEqual([false, true, false]);
    expect(stored[2]?.versionId).toBe(first);
    expect(stored[0]?.size).toBe(9);
    expect(await files.asset('back.jpg')).toMatchObject({ state: 'live', versionId: stored[0]?.versionId });
    const [item] = await db().operationItem.findMany({ where: { operationId: BigInt(undone.operation.id) } });
    expect(item?.outcome).toMatchObject({ kind: 'copied-up', from: first });

    const again = await undoOperation(person, { id: undone.operation.id });
    expect(again.operation.state).toBe('succeeded');
    expect(await files.asset('back.jpg')).toMatchObject({ state: 'trashed' });
  });
});
