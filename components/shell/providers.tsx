'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { Announcer } from '#components/shell/announcer.tsx';
import { reportFetchAnswered, reportFetchFailed } from '#components/shell/connection.ts';
import { ToastProvider } from '#components/ui/toast.tsx';
import { TooltipLayer } from '#components/ui/tooltip-layer.tsx';

/** What every page may rely on: queries, URL state, tooltips, toasts, announcements. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        // A TypeError is fetch itself failing: no answer at all. Any status is an answer.
        queryCache: new QueryCache({
          onError: (error) => {
            if (error instanceof TypeError) reportFetchFailed();
          },
          onSuccess: reportFetchAnswered,
        }),
        defaultOptions: { queries: { staleTime: 5_000, retry: 1, refetchOnWindowFocus: false } },
      }),
  );
  return (
    <CSPProvider nonce={nonce} disableStyleElements>
      <QueryClientProvider client={queries}>
        <NuqsAdapter>
          <ToastProvider>
            {children}
            <Announcer />
            <TooltipLayer />
          </ToastProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </CSPProvider>
  );
}
