'use client';

import { ChartNoAxesColumn, Download, RefreshCw, Tag } from 'lucide-react';
import { useEffect, useState } from 'react';
import { StorageClass } from '#components/browse/storage-class.tsx';
import { Page } from '#components/shell/page.tsx';
import { tellFailure } from '#components/trash/use-operations.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { formatCount, formatMoney } from '#components/ui/format.ts';
import { capitalise, formatDate } from '#components/ui/format-time.ts';
import { Note } from '#components/ui/note.tsx';
import { Time } from '#components/ui/time.tsx';
import { api, type OutputOf } from '#lib/http/api-client.ts';
import { ClassBar } from './class-bar.tsx';
import { madeOfClass, perGbWords } from './class-words.ts';
import { costCsv } from './cost-csv.ts';
import { CostTable } from './cost-table.tsx';
import { FolderTable } from './folder-table.tsx';
import { GhostTable } from './ghost-table.tsx';
import { PricesDialog } from './prices-dialog.tsx';
import { RunningTable } from './running-table.tsx';
import { UseDialog } from './use-dialog.tsx';

type CostAnswer = OutputOf<'GET /admin/libraries/{library}/cost'>;

/** Prices older than this many days are said to be old. */
const OLD_PRICES = 90;
/** How often the page looks for a measurement that it asked for, in ms. */
const LOOK_AGAIN = 2_000;

const ages: Record<string, string> = {
  live: 'Live files',
  old: 'Old versions',
  trash: 'In the trash',
};

/** What a library costs to keep, and what of it nobody looks at. Each figure says what it is made of. */
export function CostPage({ library, initial }: { library: { slug: string; name: string }; initial: CostAnswer }) {
  const [{ cost, prices, ownPrices }, setAnswer] = useState(initial);
  /** The measurement that is being replaced; undefined when nothing is awaited. */
  const [awaiting, setAwaiting] = useState<string | null | undefined>(initial.cost ? undefined : null);
  const [editing, setEditing] = useState<'prices' | 'use' | null>(null);
  useEffect(() => {
    if (awaiting === undefined) return;
    const timer = setInterval(async () => {
      try {
        const answer = await api('GET /admin/libraries/{library}/cost', { library: library.slug });
        if ((answer.cost?.measuredAt ?? null) === awaiting) return;
        setAnswer(answer);
        setAwaiting(undefined);
      } catch (error) {
        setAwaiting(undefined);
        tellFailure('The figures did not come', error);
      }
    }, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [awaiting, library.slug]);
  const measure = async () => {
    try {
      await api('POST /admin/libraries/{library}/cost/measure', { library: library.slug });
      setAwaiting(cost?.measuredAt ?? null);
    } catch (error) {
      tellFailure('The library is not being measured', error);
    }
  };
  const readAgain = async () => {
    try {
      setAnswer(await api('GET /admin/libraries/{library}/cost', { library: library.slug }));
    } catch (error) {
      tellFailure('The figures did not come', error);
    }
  };
  const oldDays = Math.floor((Date.now() - Date.parse(prices.asOf)) / 86_400_000);
  return (
    <Page
      title="Cost"
      facts={
        cost ? (
          <>
            {library.name}, measured <Time at={cost.measuredAt} />
          </>
        ) : (
          library.name
        )
      }
      refreshing={awaiting !== undefined}
      actions={
        <>
          {cost && (
            <a
              href={`data:text/csv;charset=utf-8,${encodeURIComponent(costCsv(cost))}`}
              download={`cost-${library.slug}.csv`}
              className="flex h-7 items-center gap-1.5 rounded-2 px-2 text-label text-fg-2 hover:bg-hover max-sm:h-11"
            >
              <Download className="size-4" aria-hidden="true" />
              CSV
            </a>
          )}
          <Button variant="quiet" icon={<Tag />} onClick={() => setEditing('prices')}>
            <span className="max-md:sr-only">Prices</span>
          </Button>
          <Button icon={<RefreshCw />} busy={awaiting !== undefined} onClick={() => void measure()}>
            <span className="max-md:sr-only">Measure again</span>
          </Button>
        </>
      }
    >
      {cost === null ? (
        <EmptyState icon={<ChartNoAxesColumn />} title="Being measured">
          The worker reads every version of the index. The figures appear here by themselves.
        </EmptyState>
      ) : (
        <div className="grid max-w-240 gap-6">
          {!ownPrices && oldDays > OLD_PRICES && (
            <Note tone="warning">
              <b>These prices are {formatCount(oldDays)} days old.</b> Look at the price list of your store and replace
              them.
            </Note>
          )}
          <section aria-label="In all">
            <p className="flex flex-wrap items-baseline gap-x-2.5">
              <b className="text-figure tabular-nums">{formatMoney(cost.perMonth)}</b>
              <span className="text-fg-2">
                a month to keep what is here, by storage class; {formatMoney(cost.running.perMonth)} of requests and
                traffic beside
              </span>
            </p>
            <ClassBar lines={cost.byClass} total={cost.perMonth} />
          </section>
          <FolderTable lines={cost.byFolder} ages={ages} />
          <div className="grid grid-cols-2 gap-6 max-md:grid-cols-1">
            <GhostTable library={library} cost={cost} onCleaned={() => void measure()} />
            <RunningTable running={cost.running} onUse={() => setEditing('use')} />
            <CostTable
              title="By class"
              lines={cost.byClass}
              nameOf={({ name }) => <StorageClass name={name} />}
              madeOf={madeOfClass}
            />
            <CostTable title="By kind" lines={cost.byKind} nameOf={({ name }) => capitalise(name)} />
            <CostTable title="By age" lines={cost.byAge} nameOf={({ name }) => ages[name] ?? name} />
          </div>
          <p className="text-meta text-fg-3">
            {prices.name}, prices of {formatDate(`${prices.asOf}T12:00:00Z`)} ({prices.source}). A GB is 2^30 bytes.
            Reading out costs {perGbWords(prices.egressPerGb)} a GB
            {prices.cloudFrontPerGb !== null && `, through CloudFront ${perGbWords(prices.cloudFrontPerGb)}`}.
          </p>
        </div>
      )}
      {editing === 'prices' && (
        <PricesDialog
          library={library.slug}
          prices={prices}
          own={ownPrices}
          onClose={() => setEditing(null)}
          onSaved={(saved) => {
            setAnswer({ cost, ...saved });
            setAwaiting(cost?.measuredAt ?? null);
            setEditing(null);
          }}
        />
      )}
      {editing === 'use' && (
        <UseDialog
          library={library.slug}
          use={cost?.running.use ?? null}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            void readAgain();
          }}
        />
      )}
    </Page>
  );
}
