import type { FolderEntry } from '#lib/assets/schema.ts';
import { api, type OutputOf } from '#lib/http/api-client.ts';

type Index = OutputOf<'GET /libraries/{library}/entries'>['index'];
export type Folders = { folders: FolderEntry[]; more: boolean; index: Index };

/** Folders that a branch of the tree shows at most; the rest is found in the folder itself. */
const most = 500;

/** The second part of every such key is the library, the third the folder: changes are matched by them. */
export function treeKey(library: string, path: string) {
  return ['folders', library, path] as const;
}

/** The folders directly in a folder, for the tree. */
export async function readFolders(library: string, path: string, signal?: AbortSignal): Promise<Folders> {
  const page = await api(
    'GET /libraries/{library}/entries',
    { library, path, only: 'folders', limit: most },
    signal ? { signal } : {},
  );
  return {
    folders: page.entries.filter((entry) => entry.type === 'folder'),
    more: page.nextCursor !== null,
    index: page.index,
  };
}
