import { AppError } from '#lib/errors.ts';
import { nameOf, parentFolder } from '#lib/libraries/path-rules.ts';

export type Destination = { to: string; name?: string | undefined };
/** Where one file, or the object of one folder, would go. */
export type Placed<T> = { item: T; to: string };

/**
 * Where each chosen thing goes. A folder keeps its name under the destination and its tree below that; a file keeps its name.
 * What lies in a chosen folder goes with that folder, also when it was chosen itself.
 * @param roots the chosen folders ("a/b/")
 * @param items files and folder objects, in any order
 * @throws AppError invalid_request for a folder into itself, or a new name for more than one thing
 */
export function planPlaces<T extends { path: string }>(
  roots: string[],
  items: T[],
  { to, name }: Destination,
): Placed<T>[] {
  const outer = outermost(roots);
  for (const root of outer) {
    if (root !== '' && to.startsWith(root)) {
      throw new AppError('invalid_request', `The folder ${nameOf(root)} cannot go into itself. Choose another place.`);
    }
  }
  const alone = items.filter((item) => !outer.some((root) => item.path.startsWith(root)));
  if (name !== undefined && outer.length + alone.length !== 1) {
    throw new AppError('invalid_request', 'A new name can be given to one file or folder at a time.');
  }
  return items.map((item) => {
    const root = outer.find((one) => item.path.startsWith(one));
    if (root === undefined) return { item, to: to + (name ?? nameOf(item.path)) };
    // The library itself has no name to keep.
    const folder = root === '' ? '' : `${name ?? nameOf(root)}/`;
    return { item, to: to + folder + item.path.slice(root.length) };
  });
}

/** The folders that lie in no other one of them. */
export function outermost(folders: string[]): string[] {
  return [...new Set(folders)].filter(
    (folder) => !folders.some((other) => other !== folder && folder.startsWith(other)),
  );
}

/** The folders of a selection that a copy would put beside themselves under their own name. */
export function copiesOntoThemselves(roots: string[], { to, name }: Destination): string[] {
  return outermost(roots).filter((root) => parentFolder(root) === to && (name ?? nameOf(root)) === nameOf(root));
}
