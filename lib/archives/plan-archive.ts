import { nameOf, parentFolder } from '#lib/libraries/path-rules.ts';
import { type Placed, planPlaces } from '#lib/operations/plan-places.ts';
import { chooseFreePath } from '#lib/uploads/name-conflict.ts';

/** A ZIP's own limit of a name is 65,535 bytes (APPNOTE 4.4.10); keys are shorter, and a number may be added. */
const limits = { rootPrefix: '', maxSegmentBytes: null };

/**
 * Names inside a ZIP: chosen folders with their tree, chosen files beside them. Two files that would have one name (a search finds
 * them in several folders) are numbered, also where only case differs, since many systems unpack them over each other.
 * @param roots the chosen folders
 * @returns in the order of the names
 */
export function planArchive<T extends { path: string }>(roots: string[], items: T[]): Placed<T>[] {
  const taken = new Set<string>();
  const placed = planPlaces(roots, items, { to: '' }).sort((a, b) => (a.item.path < b.item.path ? -1 : 1));
  return placed.map(({ item, to }) => {
    const isTaken = (name: string) => taken.has(name.toLowerCase());
    const name = to.endsWith('/') || !isTaken(to) ? to : (chooseFreePath(to, isTaken, limits) ?? to);
    taken.add(name.toLowerCase());
    return { item, to: name };
  });
}

/** What the ZIP is called: after its one folder or file, after the folder that holds all, else after the library. */
export function archiveName(library: string, roots: string[], paths: string[]): string {
  const beside = paths.filter((path) => !roots.some((root) => path.startsWith(root)));
  const chosen = [...roots, ...beside];
  if (chosen.length === 1 && roots[0] !== undefined) return nameOf(roots[0]) || library;
  const folders = new Set(chosen.map(parentFolder));
  const [folder] = folders;
  return (folders.size === 1 && folder ? nameOf(folder) : '') || library;
}
