'use client';

import { Check, CircleAlert, Scale, Wrench } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { formatBytes, formatCount, formatPlural } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { TableHeadCell } from '#components/ui/table-head.tsx';
import { Time } from '#components/ui/time.tsx';
import type { DriftReport } from '#lib/indexing/drift/schema.ts';
import { causeLines, causeOf } from './index-words.ts';
import { useDrift } from './use-drift.ts';

/** The drift report of a library: what bucket and index hold, counted apart, where they differ and why, and the repair. */
export function DriftSection({ library, name }: { library: string; name: string }) {
  const { drift, error, busy, check, repair } = useDrift(library);
  const last = drift?.last ?? null;
  const before = drift?.before ?? null;
  const running = last?.state === 'running';
  const toRepair = last && !running && !last.repair ? last.differences - last.repaired : 0;
  return (
    <div className="grid gap-3 border-t border-line px-4 py-3 max-sm:px-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 text-label max-sm:basis-full">
          Bucket and index
          {last?.finishedAt && (
            <span className="ml-2 font-normal text-meta text-fg-3">
              compared <Time at={last.finishedAt} />
            </span>
          )}
        </h3>
        {toRepair > 0 && (
          <Button variant="primary" icon={<Wrench />} busy={busy === 'repair'} onClick={() => void repair()}>
            Repair {formatCount(toRepair)}
          </Button>
        )}
        <Button
          icon={<Scale />}
          busy={busy === 'check' || running}
          onClick={() => void check()}
          {...(running ? { disabledReason: 'It is being compared already' } : {})}
        >
          Compare only
        </Button>
      </div>
      {error && (
        <Note tone="warning" icon={<CircleAlert aria-hidden="true" />}>
          <b>This may be out of date.</b> {error.message}
        </Note>
      )}
      {drift && !last && <p className="text-meta text-fg-3">Not compared since it was indexed.</p>}
      {last && <Counts report={last} before={before} name={name} />}
      {last && !running && <Verdict report={last} before={before} />}
      {last && last.items.length > 0 && <Differences report={last} />}
    </div>
  );
}

/** Both sides of the last comparison, and the index as it was when one before found differences. */
function Counts({ report, before, name }: { report: DriftReport; before: DriftReport | null; name: string }) {
  const columns = [
    { head: 'In the bucket', side: report.bucket },
    { head: 'In the index', side: report.index },
    ...(before ? [{ head: 'Index before the repair', side: before.index }] : []),
  ];
  const rows = [
    { term: 'Names', of: (side: DriftReport['bucket']) => formatCount(side.keys) },
    { term: 'Versions', of: (side: DriftReport['bucket']) => formatCount(side.versions) },
    { term: 'Bytes', of: (side: DriftReport['bucket']) => formatBytes(side.bytes) },
    { term: 'Checksum', of: (side: DriftReport['bucket']) => side.checksum },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section aria-label={`Counts of ${name}`} tabIndex={0} className="focus-inset overflow-x-auto rounded-2">
      <table className="w-full border-collapse text-left tabular-nums">
        <thead>
          <tr>
            <TableHeadCell className="w-28">
              <span className="sr-only">What</span>
            </TableHeadCell>
            {columns.map(({ head }) => (
              <TableHeadCell key={head}>{head}</TableHeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ term, of }) => (
            <tr key={term} className="border-b border-line">
              <th scope="row" className="py-1.5 pr-4 text-label">
                {term}
              </th>
              {columns.map(({ head, side }) => (
                <td key={head} className={`py-1.5 pr-4 text-fg-2 ${term === 'Checksum' ? 'font-mono text-meta' : ''}`}>
                  {of(side)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Verdict({ report, before }: { report: DriftReport; before: DriftReport | null }) {
  if (report.problem) return <Note tone="danger">{report.problem}</Note>;
  if (report.differences === 0) {
    return (
      <p className="flex flex-wrap items-center gap-2 text-meta text-fg-2">
        <Badge tone="success" icon={<Check />}>
          Equal
        </Badge>
        Every name, version and size agrees, and so do the checksums.
        {before && ` Before: ${formatPlural(before.differences, 'difference')}, repaired.`}
      </p>
    );
  }
  const folders = report.folderCount > 0 ? ` in ${formatPlural(report.folderCount, 'folder')}` : '';
  return (
    <div className="text-meta text-fg-2">
      <p>
        {formatPlural(report.differences, 'difference')}
        {folders}
        {report.repair ? ', repaired.' : '. Nothing was changed yet.'}
      </p>
      <ul className="mt-1 grid gap-0.5 pl-3 text-fg-3 tabular-nums">
        {causeLines(report.causes).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function Differences({ report }: { report: DriftReport }) {
  const more = report.differences - report.items.length;
  return (
    <details className="text-meta">
      <summary className="focus-inset w-fit cursor-pointer rounded-1 text-fg-2">
        Show {more > 0 ? `the first ${formatCount(report.items.length)}` : 'them'}
      </summary>
      <ul className="mt-2 grid max-h-80 gap-1 overflow-y-auto">
        {report.items.map((item) => (
          <li key={item.path} className="flex items-baseline gap-x-3 border-b border-line pb-1 max-sm:flex-wrap">
            <bdi className="min-w-0 flex-1 font-mono [overflow-wrap:anywhere] max-sm:basis-full">{item.path}</bdi>
            <span className="flex-none text-fg-3">
              {causeOf(item.cause)}
              {item.repaired && !report.repair && ', repaired'}
            </span>
          </li>
        ))}
      </ul>
      {report.folders.length > 0 && (
        <ul className="mt-3 grid gap-1 tabular-nums text-fg-3">
          {report.folders.map((folder) => (
            <li key={folder.path} className="flex gap-3">
              <bdi className="min-w-0 flex-1 font-mono text-fg-2 [overflow-wrap:anywhere]">{folder.path || 'Top'}</bdi>
              <span>{balance(folder)}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

/** What the bucket holds more or less than the index; where the counts agree, the checksums did not. */
function balance({ keys, versions, bytes }: DriftReport['folders'][number]): string {
  const parts = [
    keys !== 0 ? `${signed(keys)} ${Math.abs(keys) === 1 ? 'name' : 'names'}` : null,
    versions !== 0 ? `${signed(versions)} ${Math.abs(versions) === 1 ? 'version' : 'versions'}` : null,
    bytes !== 0 ? `${bytes > 0 ? '+' : '−'}${formatBytes(Math.abs(bytes))}` : null,
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')} in the bucket` : 'same counts, other checksum';
}

const signed = (count: number) => `${count > 0 ? '+' : '−'}${formatCount(Math.abs(count))}`;
