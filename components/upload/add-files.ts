import { addToast } from '#components/ui/toast-store.ts';
import { pickedFiles, type ReadProblem, readDrop, takeDrop } from '#lib/uploads/browser/read-drop.ts';
import type { Destination, PickedFile } from '#lib/uploads/browser/types.ts';
import { makeEmptyFolders } from './make-empty-folders.ts';
import { uploadEngine } from './upload-hooks.ts';

/** Uploads files and makes the folders that hold none; what could not even be read is said in a toast. */
export function addFiles(
  files: Iterable<PickedFile> | AsyncIterable<PickedFile>,
  destination: Destination,
  problems: ReadProblem[] = [],
  empty: string[] = [],
): void {
  uploadEngine()
    .add(files, destination)
    .then(
      (added) => {
        if (problems.length > 0) sayProblems(problems);
        if (empty.length > 0) void makeEmptyFolders(empty, destination);
        if (added + problems.length + empty.length === 0)
          addToast({ title: 'Nothing to upload: the folder holds no files.' });
      },
      (error: Error) =>
        addToast({
          kind: 'error',
          title: 'Not everything could be read.',
          detail: `The browser stopped reading the files (${error.message}). What was read is being sent; drop the rest again.`,
        }),
    );
}

/** Must be called inside the drop event. */
export function addDrop(transfer: DataTransfer, destination: Destination): void {
  const problems: ReadProblem[] = [];
  const empty: string[] = [];
  addFiles(
    readDrop(
      takeDrop(transfer),
      (problem) => problems.push(problem),
      (path) => empty.push(path),
    ),
    destination,
    problems,
    empty,
  );
}

/** What a file input gave. */
export function addPicked(input: HTMLInputElement, destination: Destination): void {
  const files = pickedFiles(input.files ?? []);
  // Else choosing the same file again would be no change.
  input.value = '';
  addFiles(files, destination);
}

function sayProblems(problems: ReadProblem[]): void {
  const [first] = problems;
  const more = problems.length > 1 ? ` and ${problems.length - 1} more` : '';
  addToast({
    kind: 'error',
    title: `${first?.path}${more} could not be read.`,
    detail: `${first?.reason} They were moved, locked or removed while the folder was read. Drop them again.`,
  });
}
