'use client';

import { useState } from 'react';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { formatPlural } from '#components/ui/format.ts';
import { addToast } from '#components/ui/toast-store.ts';
import { api } from '#lib/http/api-client.ts';

/** Has every picture of a library made anew, for after a tool was installed; what is shown stays until then. */
export function useRebuildThumbnails(library: { slug: string; name: string }): { busy: boolean; rebuild: () => void } {
  const [busy, setBusy] = useState(false);
  const rebuild = async () => {
    setBusy(true);
    try {
      const { versions } = await api('POST /admin/libraries/{library}/renditions/rebuild', { library: library.slug });
      addToast({
        title: `${formatPlural(versions, 'version')} of ${library.name} to be looked at again`,
        detail: 'It runs in the background, after everything else. What is shown stays until then.',
      });
    } catch (error) {
      tellFailure('The thumbnails are not made anew', error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, rebuild: () => void rebuild() };
}
