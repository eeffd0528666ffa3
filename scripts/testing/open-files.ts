import { afterAll } from 'vitest';
import type { Actor } from '#lib/auth/actor.ts';
import { closeDb } from '#lib/db.ts';
import { type TestFiles, testFiles } from './files.ts';
import { makeTestLibrary, type TestLibrary } from './library.ts';

/** A library of a test file's own. */
export type OpenedFiles = { home: TestLibrary; files: TestFiles; person: Actor };

/**
 * A library, its files and a person in it, for a whole test file: `const { home, files, person } = await openFiles();` at its top. All of it goes after
 * the last test.
 * @param person grants and name as `makeActor` takes them; an admin of the whole library where it is left out
 */
export async function openFiles(
  library: Parameters<typeof makeTestLibrary>[0] = {},
  ...person: Parameters<TestLibrary['makeActor']>
): Promise<OpenedFiles> {
  const home = await makeTestLibrary(library);
  afterAll(async () => {
    await home.remove();
    await closeDb();
  });
  return { home, files: testFiles(home), person: await home.makeActor(...person) };
}
