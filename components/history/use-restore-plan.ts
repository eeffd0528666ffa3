'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, api, type OutputOf } from '#lib/http/api-client.ts';
import type { OperationView } from '#lib/operations/schema.ts';
import type { RestorePlan } from '#lib/restore/schema.ts';

export type Check = OutputOf<'POST /operations/{id}/check'>;
export type MadePlan = { operation: OperationView; plan: RestorePlan; check: Check | null };

/** Plans made anew because the store had moved on; then one that does is taken as it is, since each file is looked at as it runs. */
const mostPlans = 3;

/**
 * A frozen plan: first from the index, at once, then compared with the store. Where the index was behind, the plan is made anew. A plan that is
 * not started is cancelled when the dialog goes.
 */
export function useRestorePlan(library: string, paths: readonly string[], at: string) {
  const [made, setMade] = useState<MadePlan | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const unused = useRef<string | null>(null);
  const asked = useRef({ library, paths: [...paths], at });

  const make = useCallback(async (signal?: AbortSignal): Promise<boolean> => {
    try {
      for (let turn = 1; ; turn += 1) {
        const { operation, plan } = await planOnce(asked.current, signal);
        if (unused.current) discard(unused.current);
        unused.current = operation.id;
        setMade({ operation, plan, check: null });
        const check = await api('POST /operations/{id}/check', { id: operation.id }, { signal });
        if (check.changed > 0 && turn < mostPlans) continue;
        setMade({ operation, plan, check });
        return true;
      }
    } catch (problem) {
      if (signal?.aborted) return false;
      if (!(problem instanceof ApiError)) throw problem;
      setError(problem);
      return false;
    }
  }, []);

  /** Compares once more: `moved` when the plan is another one now, and it is shown. */
  const recheck = async ({ operation, plan }: MadePlan): Promise<'same' | 'moved' | 'failed'> => {
    try {
      const check = await api('POST /operations/{id}/check', { id: operation.id });
      const fresh = check.changed > 0 ? null : await planOnce(asked.current);
      if (fresh) discard(fresh.operation.id);
      if (fresh && JSON.stringify(fresh.plan) === JSON.stringify(plan)) {
        setMade({ operation, plan, check });
        return 'same';
      }
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      setError(problem);
      return 'failed';
    }
    return (await make()) ? 'moved' : 'failed';
  };

  useEffect(() => {
    const stop = new AbortController();
    void make(stop.signal);
    return () => {
      stop.abort();
      if (unused.current) discard(unused.current);
      unused.current = null;
    };
  }, [make]);

  return {
    made,
    error,
    /** The plan is somebody's operation now. */
    keep: () => {
      unused.current = null;
    },
    recheck,
  };
}

async function planOnce(
  { library, paths, at }: { library: string; paths: string[]; at: string },
  signal?: AbortSignal,
) {
  const input = { type: 'restore-to-time' as const, selection: { paths }, params: { at }, dryRun: true };
  const clientId = crypto.randomUUID();
  const { operation } = await api('POST /libraries/{library}/operations', { library, ...input, clientId }, { signal });
  const { plan } = await api('GET /operations/{id}/plan', { id: operation.id }, { signal });
  return { operation, plan };
}

/** A plan that nobody starts would only lie there. That it could not be cancelled harms nobody, and there is nobody left to tell. */
function discard(id: string): void {
  api('POST /operations/{id}/cancel', { id }).catch(() => undefined);
}
