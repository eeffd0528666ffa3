'use client';

import { WifiOff } from 'lucide-react';
import { Banner } from '#components/ui/banner.tsx';
import { formatTime } from '#components/ui/format-time.ts';
import { PROBE_EVERY_MS, useConnection } from './connection.ts';

/** 32 px under the bar while there is no network or no answer. What is on the page stays. */
export function OfflineBanner() {
  const connection = useConnection();
  if (connection.state === 'online') return null;
  const clock = formatTime(connection.since).replace('today ', '');
  return (
    <Banner
      tone="warning"
      icon={<WifiOff aria-hidden="true" />}
      action={<span className="tabular-nums max-sm:hidden">Tried every {PROBE_EVERY_MS / 1000} s</span>}
    >
      {connection.state === 'offline' ? 'You are offline.' : 'Strata does not answer.'} Shown as of {clock}. Uploads
      wait and go on by themselves.
    </Banner>
  );
}
