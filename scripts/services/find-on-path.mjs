import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a shell would find the program, or null. */
export function findOnPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (!folder) continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder: look on
    }
  }
  return null;
}
