'use client';

import { Check, CircleHelp, Minus, Radar } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type * as z from 'zod';
import { Page } from '#components/shell/page.tsx';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Note } from '#components/ui/note.tsx';
import { Facts } from '#components/ui/side-panel.tsx';
import { TableHeadCell } from '#components/ui/table-head.tsx';
import { Time } from '#components/ui/time.tsx';
import { addToast } from '#components/ui/toast-store.ts';
import { api } from '#lib/http/api-client.ts';
import type { LibraryView, storeView } from '#lib/libraries/schema.ts';
import { type CapabilityRow, planCapabilityRows } from './capability-rows.ts';

const products: Record<string, string> = { aws: 'Amazon S3', minio: 'MinIO or a fork of it', versitygw: 'VersityGW' };

/** What the store of a library supports, with what the probe saw and what follows. */
export function StorePage({ library, store }: { library: LibraryView; store: z.infer<typeof storeView> }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const probe = async () => {
    setBusy(true);
    try {
      await api('POST /admin/libraries/{library}/store/probe', { library: library.slug });
      addToast({ title: 'The store was probed again' });
      router.refresh();
    } catch (error) {
      tellFailure('The store was not probed', error);
    } finally {
      setBusy(false);
    }
  };
  const profile = store.capabilities;
  const rows = planCapabilityRows(profile);
  const missing = rows.filter(({ verdict }) => verdict === 'no').length;
  return (
    <Page
      title="Store"
      facts={
        missing === 0
          ? 'Everything that Strata asks for is there'
          : `${rows.length - missing} of ${rows.length} are there`
      }
      actions={
        <Button icon={<Radar />} busy={busy} onClick={() => void probe()}>
          Probe again
        </Button>
      }
    >
      <div className="grid max-w-240 gap-5">
        <Facts rows={factsOf(library, store)} />
        {profile.probed === false && (
          <Note tone="warning">
            <b>Not all of this was tried.</b> The app may not make a scratch bucket here, so the rest is what is known
            of the product.
          </Note>
        )}
        {typeof profile.leftBehind === 'string' && (
          <Note tone="warning">
            <b>The scratch bucket {profile.leftBehind} could not be removed.</b> It is empty; delete it at the store.
          </Note>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
        <section aria-label="What the store supports" tabIndex={0} className="focus-inset overflow-x-auto rounded-2">
          <table className="w-full border-collapse text-left">
            <thead>
              <tr>
                <TableHeadCell className="w-72">What</TableHeadCell>
                <TableHeadCell className="w-40">Verdict</TableHeadCell>
                <TableHeadCell>What the probe saw</TableHeadCell>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key} className="border-b border-line align-top">
                  <th scope="row" className="py-2 pr-4 text-label">
                    {row.label}
                  </th>
                  <td className="py-2 pr-4">
                    <Verdict verdict={row.verdict} />
                  </td>
                  <td className="py-2 text-fg-2 [overflow-wrap:anywhere]">
                    {row.detail}
                    {row.consequence && <span className="block text-fg-3">{row.consequence}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </Page>
  );
}

function factsOf(library: LibraryView, store: z.infer<typeof storeView>): [string, ReactNode][] {
  const { product, maxSegmentBytes, fileHidesFolder } = store.capabilities as Record<string, unknown>;
  return [
    ['Endpoint', <code key="endpoint">{store.endpoint}</code>],
    ['Product', products[String(product)] ?? 'Not recognised'],
    ['Bucket', <code key="bucket">{library.bucket + (library.rootPrefix ? `/${library.rootPrefix}` : '')}</code>],
    ['Versioning', library.versioning === 'enabled' ? 'On' : library.versioning === 'suspended' ? 'Suspended' : 'Off'],
    [
      'Names',
      typeof maxSegmentBytes === 'number'
        ? `Up to ${maxSegmentBytes} bytes a folder or file name`
        : 'Up to 1,024 bytes in all',
    ],
    [
      'Folders',
      fileHidesFolder
        ? 'A file hides a folder of the same name, so both are never made'
        : 'A file and a folder may share a name',
    ],
    ['Probed', <Time key="probed" at={store.probedAt} capital />],
  ];
}

function Verdict({ verdict }: { verdict: CapabilityRow['verdict'] }) {
  if (verdict === 'yes')
    return (
      <Badge tone="success" icon={<Check />}>
        Supported
      </Badge>
    );
  if (verdict === 'no') return <Badge icon={<Minus />}>Not supported here</Badge>;
  return (
    <Badge tone="warning" icon={<CircleHelp />}>
      Unknown
    </Badge>
  );
}
