import { followOperation } from '#components/trash/follow-operation.ts';
import { formatPlural } from '#components/ui/format.ts';
import { addToast } from '#components/ui/toast-store.ts';
import { ApiError, api } from '#lib/http/api-client.ts';
import { resolveTemplate } from '#lib/uploads/browser/destination-template.ts';
import type { Destination } from '#lib/uploads/browser/types.ts';

/**
 * Makes dropped folders that hold nothing, so that what arrives has the shape of what was dropped. One that is there already is as
 * wanted; what could not be made is said in a toast.
 * @param paths below the destination, each ending in "/"
 */
export async function makeEmptyFolders(paths: string[], { library, folder, template }: Destination): Promise<void> {
  const place = template ? resolveTemplate(folder, Date.now()) : folder;
  const failed: { path: string; reason: string }[] = [];
  for (const path of paths) {
    const reason = await findReason(library, `${place}${path}`);
    if (reason !== null) failed.push({ path, reason });
  }
  const [first] = failed;
  if (!first) return;
  const more = failed.length > 1 ? ` and ${failed.length - 1} more` : '';
  addToast({
    kind: 'error',
    title: `The empty folder ${first.path}${more} could not be made.`,
    detail: `${first.reason} The files are not touched by it; ${formatPlural(paths.length - failed.length, 'empty folder')} of ${paths.length} are there.`,
  });
}

/** @returns why it could not be made, or null when it is there */
async function findReason(library: string, path: string): Promise<string | null> {
  try {
    const { operation } = await api('POST /libraries/{library}/operations', {
      library,
      type: 'create-folder',
      selection: { paths: [path] },
      clientId: crypto.randomUUID(),
    });
    const { state, errorDetail } = await followOperation(operation, () => {});
    return state === 'succeeded' ? null : (errorDetail ?? 'The store did not make it.');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.code === 'path_exists' ? null : error.detail;
  }
}
