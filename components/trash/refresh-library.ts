import type { QueryClient } from '@tanstack/react-query';

const ofLibrary = new Set(['entries', 'folders', 'past', 'timeline', 'trash', 'activity', 'search']);
const ofAssets = new Set(['asset', 'versions', 'operation']);

/** Reads again what an operation may have changed; what is on the page stays until the new is there. */
export function refreshLibrary(queries: QueryClient, library: string): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey: [kind, of] }) =>
      (ofLibrary.has(String(kind)) && of === library) || ofAssets.has(String(kind)),
  });
}
