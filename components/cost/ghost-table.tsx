'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatMoney } from '#components/ui/format.ts';
import type { CostLine, CostView } from '#lib/cost/schema.ts';
import type { Ghosts } from '#lib/operations/schema.ts';
import { CostHead } from './cost-head.tsx';
import { GhostDialog } from './ghost-dialog.tsx';

export interface GhostTableProps {
  library: { slug: string; name: string };
  cost: CostView;
  /** Something was cleaned up: the figures are to be measured again. */
  onCleaned: () => void;
}

type Row = CostLine & { label: string; ghosts?: Ghosts['kind']; href?: string };

/** What is billed and nobody looks at, each kind with its price and its way out. */
export function GhostTable({ library, cost, onCleaned }: GhostTableProps) {
  const [cleaning, setCleaning] = useState<Ghosts['kind'] | null>(null);
  const none: CostLine = { name: '', count: 0, bytes: 0, perMonth: 0 };
  const age = (name: string) => cost.byAge.find((line) => line.name === name) ?? none;
  const { uploads, markers, unknown } = cost.leftovers;
  const rows: Row[] = [
    { ...age('old'), label: 'Old versions', ghosts: 'old-versions' },
    { ...age('trash'), label: 'In the trash, with all versions', href: `/trash/${library.slug}` },
    { ...uploads, label: 'Unfinished uploads', ghosts: 'uploads' },
    { ...markers, label: 'Delete markers with nothing beneath', ghosts: 'markers' },
    { ...unknown, label: 'Unknown to the index', href: `/admin/index?library=${library.slug}` },
  ];
  return (
    <section aria-label="Billed and not looked at" className="min-w-0">
      <h2 className="flex h-8 items-center text-ui font-semibold">Billed and not looked at</h2>
      <table className="w-full border-collapse text-meta tabular-nums">
        <CostHead columns={['What', 'Count', 'Size', 'A month']} wideOnly={['Size']}>
          <th scope="col">
            <span className="sr-only">Clean up</span>
          </th>
        </CostHead>
        <tbody>
          {rows.map(({ label, count, bytes, perMonth, ghosts, href }) => (
            <tr key={label} className="border-b border-line">
              <th scope="row" className="h-8 py-1 pr-2 text-left font-normal">
                {label}
                <span className="block text-fg-3 sm:hidden">{formatBytes(bytes)}</span>
              </th>
              <td className="text-right">{formatCount(count)}</td>
              <td className="pl-2 text-right whitespace-nowrap max-sm:hidden">{formatBytes(bytes)}</td>
              <td className="pl-2 text-right whitespace-nowrap">{formatMoney(perMonth)}</td>
              <td className="w-0 pl-2 text-right whitespace-nowrap">
                {count > 0 && ghosts && (
                  <Button variant="quiet" aria-label={`Clean up: ${label}`} onClick={() => setCleaning(ghosts)}>
                    Clean up…
                  </Button>
                )}
                {count > 0 && href && (
                  <Link
                    href={href}
                    aria-label={`Look: ${label}`}
                    className="rounded-1 px-2 text-label text-fg-2 hover:underline"
                  >
                    Look
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-meta text-fg-3">
        {uploads.exact
          ? 'Unfinished uploads are billed as Standard. Rules under Lifecycle do this by themselves.'
          : 'There are more unfinished uploads than were measured: their bytes are the least that it can be.'}
        {uploads.sinceStart &&
          ' This store forgets at a restart which uploads of other tools were begun; it removes them by itself.'}
      </p>
      {cleaning && (
        <GhostDialog library={library} kind={cleaning} close={() => setCleaning(null)} onCleaned={onCleaned} />
      )}
    </section>
  );
}
