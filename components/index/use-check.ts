'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { tellError } from '#components/auth/tell-error.ts';
import { api } from '#lib/http/api-client.ts';
import type { LibraryIndex } from '#lib/indexing/schema.ts';
import { indexKey } from './use-index.ts';

/** Has a library compared with its bucket; the block shows how far it is. */
export function useCheck(library: LibraryIndex) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    try {
      await api('POST /admin/libraries/{library}/index/check', { library: library.slug });
      await queries.invalidateQueries({ queryKey: indexKey });
    } catch (error) {
      tellError(`${library.name} was not checked`, error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, check };
}
